// Sounds for the stretcher's tests, the stretcher driven grain by grain, and measures of what comes out.
#pragma once
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "../dsp/stretch/stretcher.h"
#include "allocation_guard.h"

namespace atome::stretching {

using Samples = std::vector<float>;
using Sound = std::vector<Samples>;

inline constexpr uint32_t RATE = 48000;

inline double decibels(double ratio) {
  return 20 * std::log10(std::max(ratio, 1e-12));
}

/// Small, seeded, the same everywhere.
class Noise {
 public:
  explicit Noise(uint32_t seed) : state_(seed) {}
  double next() {
    state_ = state_ * 1664525u + 1013904223u;
    return double(state_ >> 8) / (1 << 23) - 1;
  }

 private:
  uint32_t state_;
};

inline Samples sine(double frequency, size_t frames, uint32_t rate = RATE) {
  Samples samples(frames);
  for (size_t frame = 0; frame < frames; frame++)
    samples[frame] = float(0.5 * std::sin(2 * M_PI * frequency * double(frame) / rate));
  return samples;
}

inline Samples noise(size_t frames, uint32_t seed) {
  Noise random(seed);
  Samples samples(frames);
  for (float& sample : samples) sample = float(0.3 * random.next());
  return samples;
}

/// Asks for grains until there are enough frames; `change` may alter every request.
template <class Change>
Sound stretched(const Sound& input, size_t frames, GrainRequest request, uint32_t rate, Change change) {
  Stretcher stretcher;
  REQUIRE(stretcher.prepare(uint32_t(input.size()), rate));
  Sound grain(input.size(), Samples(stretcher.input_capacity())), made(input.size(), Samples(stretcher.capacity()));
  Sound output(input.size());
  request.reset = true;
  while (output[0].size() < frames) {
    std::vector<const float*> sources;
    std::vector<float*> targets;
    change(request);
    const InputSpan span = stretcher.specify(request);
    REQUIRE(span.end - span.begin <= int64_t(stretcher.input_capacity()));
    for (size_t channel = 0; channel < input.size(); channel++) {
      for (int64_t frame = span.begin; frame < span.end; frame++) {
        const bool inside = frame >= 0 && frame < int64_t(input[channel].size());
        grain[channel][size_t(frame - span.begin)] = inside ? input[channel][size_t(frame)] : 0.0f;
      }
      sources.push_back(grain[channel].data());
      targets.push_back(made[channel].data());
    }
    OutputSpan result = {};
    {
      const AllocationGuard guard;
      stretcher.analyse(sources.data());
      result = stretcher.synthesise(targets.data());
    }
    REQUIRE(result.frames <= stretcher.capacity());
    for (size_t channel = 0; channel < input.size(); channel++)
      output[channel].insert(output[channel].end(), made[channel].begin(), made[channel].begin() + result.frames);
    request = stretcher.next(request);
  }
  for (Samples& samples : output) samples.resize(frames);
  return output;
}

inline Sound stretched(const Sound& input, double ratio, double semitones, uint32_t rate = RATE) {
  GrainRequest request;
  request.speed = 1 / ratio;
  request.pitch = std::exp2(semitones / 12);
  return stretched(input, size_t(std::llround(double(input[0].size()) * ratio)), request, rate, [](GrainRequest&) {});
}

/// Power of all but the sine of a frequency, relative to it, over the middle half.
inline double residual(const Samples& samples, double frequency, uint32_t rate) {
  const size_t from = samples.size() / 4, size = samples.size() / 2;
  const auto angle = [&](size_t frame) { return 2 * M_PI * frequency * double(frame) / rate; };
  double cc = 0, ss = 0, cs = 0, xc = 0, xs = 0;
  for (size_t frame = 0; frame < size; frame++) {
    const double c = std::cos(angle(frame)), s = std::sin(angle(frame)), x = double(samples[from + frame]);
    cc += c * c, ss += s * s, cs += c * s, xc += x * c, xs += x * s;
  }
  const double determinant = cc * ss - cs * cs;
  const double a = (xc * ss - xs * cs) / determinant, b = (xs * cc - xc * cs) / determinant;
  double rest = 0, tone = 0;
  for (size_t frame = 0; frame < size; frame++) {
    const double ideal = a * std::cos(angle(frame)) + b * std::sin(angle(frame));
    tone += ideal * ideal;
    rest += std::pow(double(samples[from + frame]) - ideal, 2);
  }
  return 10 * std::log10(rest / tone + 1e-15);
}

inline double level(const Samples& samples) {
  double sum = 0;
  for (size_t frame = samples.size() / 8; frame < samples.size() * 7 / 8; frame++)
    sum += double(samples[frame]) * double(samples[frame]);
  return 10 * std::log10(sum / double(samples.size() * 3 / 4));
}

inline double largest(const Sound& sound) {
  double most = 0;
  for (const Samples& samples : sound)
    for (const float sample : samples) {
      REQUIRE(std::isfinite(sample));
      most = std::max(most, std::fabs(double(sample)));
    }
  return most;
}

}  // namespace atome::stretching
