// Fourier transform of real frames: Stockham, radix 4 and once 8, four butterflies at a time.
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

template <class Split>
Complex4 load_at(Split from, size_t at) {
  return {load(from.re + at), load(from.im + at)};
}

uint32_t log2_of(uint32_t power) {
  uint32_t exponent = 0;
  while ((1u << exponent) < power) exponent++;
  return exponent;
}

}  // namespace

bool RealFft::prepare(uint32_t size) {
  half_ = size / 2;
  last_ = log2_of(half_) % 2 == 1 ? 8 : 4;
  if (!twiddles_.allocate(2 * size_t(half_) + 8) || !separation_.allocate(2 * size_t(capacity())) ||
      !work_.allocate(4 * size_t(capacity())))
    return false;
  float* twiddle = twiddles_.data();
  for (uint32_t length = half_; length > last_; length /= 4) {
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

/// Stockham's first pass: from `value` into `to`. Each vector holds four butterflies, so results are transposed.
template <class Value>
void RealFft::first_pass(Value value, Split to) const noexcept {
  const uint32_t quarter = half_ / 4;
  for (uint32_t at = 0; at < quarter; at += VECTOR_FRAMES) {
    const Butterfly four = butterfly(value(at), value(at + quarter), value(at + 2 * quarter), value(at + 3 * quarter));
    const auto turned = [&](uint32_t index) {
      const float* power = twiddles_.data() + 2 * size_t(quarter) * (index - 1) + at;
      return four.out[index] * Complex4{load(power), load(power + quarter)};
    };
    const Complex4 second = turned(1), third = turned(2), fourth = turned(3);
    store_transposed(to.re + 4 * size_t(at), four.out[0].re, second.re, third.re, fourth.re);
    store_transposed(to.im + 4 * size_t(at), four.out[0].im, second.im, third.im, fourth.im);
  }
}

/// The passes between; returns where their result is.
RealFft::Split RealFft::middle_passes(Split from, Split to) const noexcept {
  const float* twiddle = twiddles_.data() + 6 * size_t(half_ / 4);
  uint32_t stride = 4;
  for (uint32_t length = half_ / 4; length > last_; length /= 4) {
    const uint32_t quarter = length / 4;
    const size_t apart = size_t(stride) * quarter;
    for (uint32_t index = 0; index < quarter; index++) {
      const auto power = [&](uint32_t which) {
        const float* first = twiddle + 2 * size_t(quarter) * (which - 1) + index;
        return Complex4{splat(first[0]), splat(first[quarter])};
      };
      const Complex4 one = power(1), two = power(2), three = power(3);
      const size_t source = size_t(stride) * index, target = 4 * source;
      for (size_t at = 0; at < stride; at += VECTOR_FRAMES) {
        const auto value = [&](size_t which) { return load_at(from, source + at + which * apart); };
        const Butterfly four = butterfly(value(0), value(1), value(2), value(3));
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
    twiddle += 6 * size_t(quarter);
    stride *= 4;
    std::swap(from, to);
  }
  return from;
}

/// The last pass, of radix 4 or 8, which turns nothing; hands its results to `put`.
template <class Put>
void RealFft::last_pass(Split from, Put put) const noexcept {
  const size_t stride = half_ / last_;
  for (size_t at = 0; at < stride; at += VECTOR_FRAMES) {
    const auto value = [&](size_t which) { return load_at(from, at + which * stride); };
    if (last_ == 4) {
      const Butterfly four = butterfly(value(0), value(1), value(2), value(3));
      for (size_t which = 0; which < 4; which++) put(at + which * stride, four.out[which]);
      continue;
    }
    const Butterfly even = butterfly(value(0), value(2), value(4), value(6));
    const Butterfly odd = butterfly(value(1), value(3), value(5), value(7));
    const Vector diagonal = splat(float(std::numbers::sqrt2 / 2));
    const Complex4 a = odd.out[1], b = odd.out[2], c = odd.out[3];
    const Complex4 turned[4] = {odd.out[0],
                                {diagonal * (a.re + a.im), diagonal * (a.im - a.re)},
                                {b.im, -b.re},
                                {diagonal * (c.im - c.re), -diagonal * (c.re + c.im)}};
    for (size_t which = 0; which < 4; which++) {
      put(at + which * stride, even.out[which] + turned[which]);
      put(at + (which + 4) * stride, even.out[which] - turned[which]);
    }
  }
}

void RealFft::forward(const float* samples, float* re, float* im) noexcept {
  const uint32_t room = capacity();
  const Split one = {work_.data(), work_.data() + room};
  const Split other = {work_.data() + 2 * size_t(room), work_.data() + 3 * size_t(room)};
  first_pass(
      [samples](uint32_t at) {
        const VectorPair pair = deinterleave(samples + 2 * size_t(at));
        return Complex4{pair.first, pair.second};
      },
      one);
  const Split passed = middle_passes(one, other);
  const Split data = passed.re == one.re ? other : one;
  last_pass(passed, [data](size_t at, Complex4 value) {
    store(data.re + at, value.re);
    store(data.im + at, value.im);
  });
  data.re[half_] = data.re[0];
  data.im[half_] = data.im[0];
  const Vector halved = splat(0.5f);
  for (uint32_t bin = 0; bin < half_; bin += VECTOR_FRAMES) {
    const Complex4 here = load_at(data, bin);
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
  first_pass([data](uint32_t at) { return load_at(data, at); }, spare);
  last_pass(middle_passes(spare, data),
            [samples](size_t at, Complex4 value) { store_interleaved(samples + 2 * at, value.im, value.re); });
}

}  // namespace atome
