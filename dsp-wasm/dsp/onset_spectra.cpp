// Decimation in time, in place; the lanes never meet.
#include "onset_spectra.h"

#include <bit>
#include <cmath>
#include <numbers>

namespace atome {

void OnsetSpectra::prepare(uint32_t size) {
  size_ = size;
  // The two frames of a lane are taken apart without halving them; a full-scale sine is size / 4 high under the window.
  const auto height = static_cast<float>(size) / 2;
  scale_ = splat(1 / (height * height));
  window_.resize(size);
  reversed_.resize(size);
  real_.assign(size, Vector{});
  imaginary_.assign(size, Vector{});
  const int bits = std::countr_zero(size);
  for (uint32_t index = 0; index < size; index++) {
    const double angle = 2 * std::numbers::pi * index / size;
    window_[index] = static_cast<float>(0.5 - 0.5 * std::cos(angle));
    uint32_t reversed = 0;
    for (int bit = 0; bit < bits; bit++) reversed |= ((index >> bit) & 1u) << (bits - 1 - bit);
    reversed_[index] = reversed;
  }
  cosines_.clear();
  sines_.clear();
  for (uint32_t half = 2; half < size; half *= 2) {
    for (uint32_t index = 0; index < half; index++) {
      const double angle = std::numbers::pi * index / half;
      cosines_.push_back(static_cast<float>(std::cos(angle)));
      sines_.push_back(static_cast<float>(-std::sin(angle)));
    }
  }
}

void OnsetSpectra::load_frames(const float* first, uint32_t hop) {
  for (uint32_t index = 0; index < size_; index++) {
    const float* sample = first + index;
    const Vector weight = splat(window_[index]);
    const uint32_t slot = reversed_[index];
    real_[slot] = Vector{sample[0], sample[hop], sample[2 * hop], sample[3 * hop]} * weight;
    sample += 4 * size_t{hop};
    imaginary_[slot] = Vector{sample[0], sample[hop], sample[2 * hop], sample[3 * hop]} * weight;
  }
}

void OnsetSpectra::combine(uint32_t half) {
  const float* cosines = cosines_.data() + half - 2;
  const float* sines = sines_.data() + half - 2;
  for (uint32_t block = 0; block < size_; block += 2 * half) {
    Vector* re = real_.data() + block;
    Vector* im = imaginary_.data() + block;
    for (uint32_t index = 0; index < half; index++) {
      const Vector c = splat(cosines[index]), s = splat(sines[index]);
      const Vector oddRe = re[index + half] * c - im[index + half] * s;
      const Vector oddIm = re[index + half] * s + im[index + half] * c;
      re[index + half] = re[index] - oddRe;
      im[index + half] = im[index] - oddIm;
      re[index] += oddRe;
      im[index] += oddIm;
    }
  }
}

void OnsetSpectra::transform(const float* first, uint32_t hop) {
  load_frames(first, hop);
  for (uint32_t index = 0; index < size_; index += 2) {
    const Vector oddRe = real_[index + 1], oddIm = imaginary_[index + 1];
    real_[index + 1] = real_[index] - oddRe;
    imaginary_[index + 1] = imaginary_[index] - oddIm;
    real_[index] += oddRe;
    imaginary_[index] += oddIm;
  }
  for (uint32_t half = 2; half < size_; half *= 2) combine(half);
}

}  // namespace atome
