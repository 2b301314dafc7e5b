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

/// Between passes four complex values are a block: their real parts, then their imaginary ones, so that one address
/// serves both.
constexpr size_t BLOCK = 2 * VECTOR_FRAMES;

Complex4 load_block(const float* from) {
  return {load(from), load(from + VECTOR_FRAMES)};
}

void store_block(float* to, Complex4 value) {
  store(to, value.re);
  store(to + VECTOR_FRAMES, value.im);
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
    // The first pass turns four butterflies at a time, the others one.
    const uint32_t together = length == half_ ? VECTOR_FRAMES : 1;
    for (uint32_t first = 0; first < length / 4; first += together)
      for (uint32_t power = 1; power <= 3; power++, twiddle += 2 * size_t(together))
        for (uint32_t lane = 0; lane < together; lane++) {
          const double angle = -2 * std::numbers::pi * power * (first + lane) / length;
          twiddle[lane] = float(std::cos(angle));
          twiddle[together + lane] = float(std::sin(angle));
        }
  }
  for (uint32_t bin = 0; bin < capacity(); bin++) {
    const double angle = -std::numbers::pi * bin / half_;
    separation_[bin] = float(std::cos(angle));
    separation_[capacity() + bin] = float(std::sin(angle));
  }
  return true;
}

/// Stockham's first pass: from `value` into blocks. Each vector holds four butterflies, so results are transposed.
template <class Value>
void RealFft::first_pass(Value value, float* to) const noexcept {
  const uint32_t quarter = half_ / 4;
  const float* power = twiddles_.data();
  for (uint32_t at = 0; at < quarter; at += VECTOR_FRAMES) {
    const Butterfly four = butterfly(value(at), value(at + quarter), value(at + 2 * quarter), value(at + 3 * quarter));
    const Complex4 second = four.out[1] * load_block(power), third = four.out[2] * load_block(power + BLOCK),
                   fourth = four.out[3] * load_block(power + 2 * BLOCK);
    const Matrix re = transposed(four.out[0].re, second.re, third.re, fourth.re);
    const Matrix im = transposed(four.out[0].im, second.im, third.im, fourth.im);
    for (uint32_t row = 0; row < 4; row++, to += BLOCK) store_block(to, {re.rows[row], im.rows[row]});
    power += 3 * BLOCK;
  }
}

/// The passes between; returns where their result is.
float* RealFft::middle_passes(float* from, float* to) const noexcept {
  const float* power = twiddles_.data() + 6 * size_t(half_ / 4);
  // Floats from one result of a butterfly to the next.
  size_t stride = BLOCK;
  for (uint32_t length = half_ / 4; length > last_; length /= 4) {
    const size_t apart = half_ / 2;
    const float* source = from;
    float* target = to;
    for (uint32_t index = 0; index < length / 4; index++, power += 6, target += 3 * stride) {
      const Complex4 one = {splat(power[0]), splat(power[1])};
      const Complex4 two = {splat(power[2]), splat(power[3])};
      const Complex4 three = {splat(power[4]), splat(power[5])};
      for (size_t at = 0; at < stride; at += BLOCK, source += BLOCK, target += BLOCK) {
        const Butterfly four = butterfly(load_block(source), load_block(source + apart), load_block(source + 2 * apart),
                                         load_block(source + 3 * apart));
        store_block(target, four.out[0]);
        store_block(target + stride, four.out[1] * one);
        store_block(target + 2 * stride, four.out[2] * two);
        store_block(target + 3 * stride, four.out[3] * three);
      }
    }
    stride *= 4;
    std::swap(from, to);
  }
  return from;
}

/// The last pass, of radix 4 or 8, which turns nothing; hands its results to `put`.
template <class Put>
void RealFft::last_pass(const float* from, Put put) const noexcept {
  const size_t stride = half_ / last_;
  for (size_t at = 0; at < stride; at += VECTOR_FRAMES) {
    const auto value = [&](size_t which) { return load_block(from + 2 * (at + which * stride)); };
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
  float *one = work_.data(), *other = work_.data() + 2 * size_t(room);
  first_pass(
      [samples](uint32_t at) {
        const VectorPair pair = deinterleave(samples + 2 * size_t(at));
        return Complex4{pair.first, pair.second};
      },
      one);
  const float* passed = middle_passes(one, other);
  float* dataRe = passed == one ? other : one;
  float* dataIm = dataRe + room;
  last_pass(passed, [=](size_t at, Complex4 value) {
    store(dataRe + at, value.re);
    store(dataIm + at, value.im);
  });
  dataRe[half_] = dataRe[0];
  dataIm[half_] = dataIm[0];
  const Vector halved = splat(0.5f);
  // What separates a bin separates its mirror as well; the middle one is its own.
  for (uint32_t bin = 0; bin <= half_ / 2; bin += VECTOR_FRAMES) {
    const size_t mirror = half_ - bin - 3;
    const Complex4 here = {load(dataRe + bin), load(dataIm + bin)};
    const Complex4 there = {reversed(load(dataRe + mirror)), -reversed(load(dataIm + mirror))};
    const Complex4 even = here + there, odd = here - there;
    const Complex4 turn = {load(separation_.data() + bin), load(separation_.data() + room + bin)};
    const Complex4 shifted = Complex4{odd.im, -odd.re} * turn;
    store(re + bin, halved * (even.re + shifted.re));
    store(im + bin, halved * (even.im + shifted.im));
    store(re + mirror, reversed(halved * (even.re - shifted.re)));
    store(im + mirror, reversed(halved * (shifted.im - even.im)));
  }
}

void RealFft::inverse(float* re, float* im, float* samples) noexcept {
  const uint32_t room = capacity();
  float *one = work_.data(), *other = work_.data() + 2 * size_t(room);
  // The transform of swapped parts is the swapped inverse, so the inner one serves both ways.
  float *dataRe = one, *dataIm = one + room;
  im[0] = 0;
  im[half_] = 0;
  const Vector scale = splat(0.5f / float(half_));
  for (uint32_t bin = 0; bin <= half_ / 2; bin += VECTOR_FRAMES) {
    const size_t mirror = half_ - bin - 3;
    const Complex4 here = {load(re + bin), load(im + bin)};
    const Complex4 there = {reversed(load(re + mirror)), -reversed(load(im + mirror))};
    const Complex4 even = here + there;
    const Complex4 turn = {load(separation_.data() + bin), -load(separation_.data() + room + bin)};
    const Complex4 odd = (here - there) * turn;
    store(dataIm + bin, scale * (even.re - odd.im));
    store(dataRe + bin, scale * (even.im + odd.re));
    store(dataIm + mirror, reversed(scale * (even.re + odd.im)));
    store(dataRe + mirror, reversed(scale * (odd.re - even.im)));
  }
  first_pass([=](uint32_t at) { return Complex4{load(dataRe + at), load(dataIm + at)}; }, other);
  last_pass(middle_passes(other, one),
            [samples](size_t at, Complex4 value) { store_interleaved(samples + 2 * at, value.im, value.re); });
}

}  // namespace atome
