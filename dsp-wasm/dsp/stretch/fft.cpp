// Fourier transform of real frames: Stockham, radix 4, four butterflies at a time.
#include "fft.h"

#include <cmath>
#include <numbers>
#include <utility>

#include "shuffle.h"

namespace atome {
namespace {

struct Complex4 {
  Vector re;
  Vector im;
};

Complex4 operator+(Complex4 a, Complex4 b) {
  return {a.re + b.re, a.im + b.im};
}
Complex4 operator-(Complex4 a, Complex4 b) {
  return {a.re - b.re, a.im - b.im};
}
Complex4 operator*(Complex4 a, Complex4 b) {
  return {a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re};
}

struct Butterfly {
  Complex4 out[4];
};

/// A transform of four values; the caller multiplies the last three by their twiddles.
Butterfly butterfly(Complex4 a, Complex4 b, Complex4 c, Complex4 d) {
  const Complex4 sumAc = a + c, differenceAc = a - c, sumBd = b + d, differenceBd = b - d;
  const Complex4 turned = {differenceBd.im, -differenceBd.re};
  return {{sumAc + sumBd, differenceAc + turned, sumAc - sumBd, differenceAc - turned}};
}

uint32_t log2_of(uint32_t power) {
  uint32_t exponent = 0;
  while ((1u << exponent) < power) exponent++;
  return exponent;
}

}  // namespace

bool RealFft::prepare(uint32_t size) {
  half_ = size / 2;
  radixTwo_ = log2_of(half_) % 2 == 1;
  if (!twiddles_.allocate(2 * size_t(half_) + 8) || !separation_.allocate(2 * size_t(capacity())) ||
      !work_.allocate(4 * size_t(capacity())))
    return false;
  float* twiddle = twiddles_.data();
  for (uint32_t length = half_; length >= 4; length /= 4) {
    const uint32_t quarter = length / 4;
    for (uint32_t power = 1; power <= 3; power++) {
      for (uint32_t index = 0; index < quarter; index++) {
        const double angle = -2 * std::numbers::pi * power * index / length;
        twiddle[index] = float(std::cos(angle));
        twiddle[index + quarter] = float(std::sin(angle));
      }
      twiddle += 2 * size_t(quarter);
    }
  }
  for (uint32_t bin = 0; bin < capacity(); bin++) {
    const double angle = -std::numbers::pi * bin / half_;
    separation_[bin] = float(std::cos(angle));
    separation_[capacity() + bin] = float(std::sin(angle));
  }
  return true;
}

/// Transforms `data`; the result is there again, `spare` is scratch.
void RealFft::transform(Split data, Split spare) noexcept {
  const float* twiddle = twiddles_.data();
  Split from = data, to = spare;
  uint32_t stride = 1;
  for (uint32_t length = half_; length >= 4; length /= 4) {
    const uint32_t quarter = length / 4;
    const size_t apart = size_t(stride) * quarter;
    const auto value = [&from](size_t at) { return Complex4{load(from.re + at), load(from.im + at)}; };
    if (stride == 1) {
      for (uint32_t at = 0; at < quarter; at += VECTOR_FRAMES) {
        const Butterfly four = butterfly(value(at), value(at + apart), value(at + 2 * apart), value(at + 3 * apart));
        const auto turned = [&](uint32_t index) {
          const float* power = twiddle + 2 * size_t(quarter) * (index - 1) + at;
          return four.out[index] * Complex4{load(power), load(power + quarter)};
        };
        const Complex4 second = turned(1), third = turned(2), fourth = turned(3);
        store_transposed(to.re + 4 * size_t(at), four.out[0].re, second.re, third.re, fourth.re);
        store_transposed(to.im + 4 * size_t(at), four.out[0].im, second.im, third.im, fourth.im);
      }
    } else {
      for (uint32_t index = 0; index < quarter; index++) {
        const auto power = [&](uint32_t which) {
          const float* first = twiddle + 2 * size_t(quarter) * (which - 1) + index;
          return Complex4{splat(first[0]), splat(first[quarter])};
        };
        const Complex4 one = power(1), two = power(2), three = power(3);
        const size_t source = size_t(stride) * index, target = 4 * source;
        for (size_t at = 0; at < stride; at += VECTOR_FRAMES) {
          const size_t here = source + at;
          const Butterfly four =
              butterfly(value(here), value(here + apart), value(here + 2 * apart), value(here + 3 * apart));
          const auto put = [&](uint32_t which, Complex4 result) {
            store(to.re + target + at + size_t(which) * stride, result.re);
            store(to.im + target + at + size_t(which) * stride, result.im);
          };
          put(0, four.out[0]);
          put(1, four.out[1] * one);
          put(2, four.out[2] * two);
          put(3, four.out[3] * three);
        }
      }
    }
    twiddle += 6 * size_t(quarter);
    stride *= 4;
    std::swap(from, to);
  }
  if (radixTwo_) {
    for (uint32_t at = 0; at < stride; at += VECTOR_FRAMES) {
      const Complex4 a = {load(from.re + at), load(from.im + at)};
      const Complex4 b = {load(from.re + at + stride), load(from.im + at + stride)};
      const Complex4 sum = a + b, difference = a - b;
      store(to.re + at, sum.re);
      store(to.im + at, sum.im);
      store(to.re + at + stride, difference.re);
      store(to.im + at + stride, difference.im);
    }
    std::swap(from, to);
  }
  if (from.re == data.re) return;
  for (uint32_t at = 0; at < half_; at += VECTOR_FRAMES) {
    store(data.re + at, load(from.re + at));
    store(data.im + at, load(from.im + at));
  }
}

void RealFft::forward(const float* samples, float* re, float* im) noexcept {
  const uint32_t room = capacity();
  const Split data = {work_.data(), work_.data() + room};
  const Split spare = {work_.data() + 2 * size_t(room), work_.data() + 3 * size_t(room)};
  for (uint32_t at = 0; at < half_; at += VECTOR_FRAMES) {
    const VectorPair pair = deinterleave(samples + 2 * size_t(at));
    store(data.re + at, pair.first);
    store(data.im + at, pair.second);
  }
  transform(data, spare);
  data.re[half_] = data.re[0];
  data.im[half_] = data.im[0];
  const Vector halved = splat(0.5f);
  for (uint32_t bin = 0; bin < half_; bin += VECTOR_FRAMES) {
    const Complex4 here = {load(data.re + bin), load(data.im + bin)};
    const size_t mirror = half_ - bin - 3;
    const Complex4 there = {reversed(load(data.re + mirror)), -reversed(load(data.im + mirror))};
    const Complex4 even = here + there, odd = here - there;
    const Complex4 turn = {load(separation_.data() + bin), load(separation_.data() + room + bin)};
    const Complex4 shifted = Complex4{odd.im, -odd.re} * turn;
    store(re + bin, halved * (even.re + shifted.re));
    store(im + bin, halved * (even.im + shifted.im));
  }
  re[half_] = data.re[0] - data.im[0];
  im[half_] = 0;
}

void RealFft::inverse(float* re, float* im, float* samples) noexcept {
  const uint32_t room = capacity();
  // The transform of swapped parts is the swapped inverse, so the inner one serves both ways.
  const Split data = {work_.data(), work_.data() + room};
  const Split spare = {work_.data() + 2 * size_t(room), work_.data() + 3 * size_t(room)};
  im[0] = 0;
  im[half_] = 0;
  const Vector scale = splat(0.5f / float(half_));
  for (uint32_t bin = 0; bin < half_; bin += VECTOR_FRAMES) {
    const Complex4 here = {load(re + bin), load(im + bin)};
    const size_t mirror = half_ - bin - 3;
    const Complex4 there = {reversed(load(re + mirror)), -reversed(load(im + mirror))};
    const Complex4 even = here + there;
    const Complex4 turn = {load(separation_.data() + bin), -load(separation_.data() + room + bin)};
    const Complex4 odd = (here - there) * turn;
    store(data.im + bin, scale * (even.re - odd.im));
    store(data.re + bin, scale * (even.im + odd.re));
  }
  transform(data, spare);
  for (uint32_t at = 0; at < half_; at += VECTOR_FRAMES)
    store_interleaved(samples + 2 * size_t(at), load(data.im + at), load(data.re + at));
}

}  // namespace atome
