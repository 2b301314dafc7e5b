// Drums, plucks and pads with known onsets, and how detected onsets are held against them.
#pragma once
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <vector>

#include "../dsp/onsets.h"

namespace atome::material {

inline constexpr double kTurn = 2 * std::numbers::pi;

/// A mono recording under construction.
struct Recording {
  double rate;
  std::vector<float> samples;
  /// Seconds, ascending after `sorted`.
  std::vector<double> truth;
  uint32_t state = 1;

  Recording(double sampleRate, double seconds)
      : rate(sampleRate), samples(static_cast<size_t>(sampleRate * seconds), 0.0f) {}

  /// -1 to 1; a linear congruential generator (Knuth, "Seminumerical Algorithms", 3.3.4), fast without optimisation,
  /// too.
  double noise() {
    state = state * 1664525 + 1013904223;
    return static_cast<double>(state) / 2147483648.0 - 1;
  }

  /// Adds sound(t) from `at` on for `length` seconds, and notes the onset.
  template <class Sound>
  void play(double at, double length, Sound&& sound) {
    const auto start = static_cast<size_t>(std::llround(at * rate));
    truth.push_back(static_cast<double>(start) / rate);
    add(at, length, sound);
  }

  template <class Sound>
  void add(double at, double length, Sound&& sound) {
    const auto start = static_cast<size_t>(std::llround(at * rate));
    const size_t end = std::min(samples.size(), start + static_cast<size_t>(length * rate));
    for (size_t frame = start; frame < end; frame++) {
      samples[frame] += static_cast<float>(sound(static_cast<double>(frame - start) / rate));
    }
  }

  void click(double at, double level = 0.8) {
    play(at, 0.02, [&](double t) { return level * noise() * std::exp(-t / 0.002); });
  }
  void kick(double at, double level = 0.8) {
    play(at, 0.4, [&](double t) {
      return level * std::sin(kTurn * (50 * t + 4 * (1 - std::exp(-t / 0.03)))) * std::exp(-t / 0.12);
    });
  }
  void snare(double at, double level = 0.6) {
    play(at, 0.3, [&](double t) {
      return level * (0.6 * noise() * std::exp(-t / 0.07) + 0.5 * std::sin(kTurn * 190 * t) * std::exp(-t / 0.05));
    });
  }
  void hat(double at, double level = 0.3) {
    double before = 0;
    play(at, 0.12, [&, before](double t) mutable {
      const double now = noise(), high = now - before;
      before = now;
      return level * 0.7 * high * std::exp(-t / 0.025);
    });
  }
  void pluck(double at, double pitch, double level = 0.4) {
    play(at, 1.2, [&](double t) {
      double sum = 0;
      for (int harmonic = 1; harmonic <= 12 && harmonic * pitch < rate / 2; harmonic++) {
        sum += std::sin(kTurn * harmonic * pitch * t + kTurn * harmonic * harmonic / 24) / harmonic *
               std::exp(-t * (2.5 + harmonic));
      }
      return level * sum * std::min(1.0, t / 0.001);
    });
  }
  void pad(double at, double pitch, double length, double level = 0.2) {
    play(at, length, [&](double t) {
      double sum = 0;
      for (const double detune : {0.997, 1.0, 1.0031}) {
        for (int harmonic = 1; harmonic <= 6; harmonic++) {
          sum += std::sin(kTurn * harmonic * pitch * detune * t) / (harmonic * 1.5);
        }
      }
      return level * sum * std::min({1.0, t / 0.06, std::max(0.0, length - t) / 0.2});
    });
  }
  void hiss(double level) {
    for (float& sample : samples) sample += static_cast<float>(level * noise());
  }

  /// Onsets less than 30 ms apart are heard as one.
  std::vector<double> sorted() const {
    std::vector<double> times = truth;
    std::sort(times.begin(), times.end());
    std::vector<double> apart;
    for (const double time : times) {
      if (apart.empty() || time - apart.back() >= 0.03) apart.push_back(time);
    }
    return apart;
  }
};

inline std::vector<Onset> detect(const std::vector<float>& interleaved, double rate, uint32_t channels = 1,
                                 uint32_t piece = 4096) {
  const auto detector = OnsetDetector::create(static_cast<uint32_t>(rate), channels);
  const auto frames = static_cast<uint32_t>(interleaved.size() / channels);
  for (uint32_t done = 0; done < frames; done += piece) {
    const auto* bytes = reinterpret_cast<const uint8_t*>(interleaved.data() + size_t{done} * channels);
    detector->add(bytes, SampleFormat::F32, std::min(piece, frames - done));
  }
  detector->finish();
  return detector->onsets();
}

struct Score {
  double f;
  uint32_t missed;
  uint32_t extra;
  /// Milliseconds from the truth, ascending.
  std::vector<double> errors;

  double median() const { return errors.empty() ? 1e9 : errors[errors.size() / 2]; }
};

/// Matches each true onset with the first detected one within `tolerance` seconds.
inline Score score(const std::vector<double>& truth, const std::vector<Onset>& found, double tolerance) {
  Score result{0, 0, 0, {}};
  size_t next = 0;
  for (const double time : truth) {
    while (next < found.size() && found[next].seconds < time - tolerance) next++;
    if (next < found.size() && found[next].seconds <= time + tolerance) {
      result.errors.push_back(std::fabs(found[next++].seconds - time) * 1000);
    }
  }
  const auto matched = static_cast<uint32_t>(result.errors.size());
  result.missed = static_cast<uint32_t>(truth.size()) - matched;
  result.extra = static_cast<uint32_t>(found.size()) - matched;
  result.f = truth.size() + found.size() == 0 ? 1 : 2.0 * matched / static_cast<double>(truth.size() + found.size());
  std::sort(result.errors.begin(), result.errors.end());
  return result;
}

/// A drum pattern in eighths at a tempo, with accents and a little unevenness.
inline Recording drums(double rate, double seconds, double bpm, double from = 0.05, double swing = 0.5) {
  Recording recording(rate, seconds);
  const double beat = 60 / bpm;
  for (int eighth = 0;; eighth++) {
    const double at = from + (eighth / 2) * beat + (eighth % 2) * beat * swing;
    if (at > seconds - 0.2) return recording;
    if (eighth % 8 == 0 || eighth % 8 == 4 || eighth % 16 == 11) recording.kick(at);
    if (eighth % 8 == 2 || eighth % 8 == 6) recording.snare(at);
    recording.hat(at, eighth % 2 == 0 ? 0.3 : 0.2);
  }
}

/// Drums, plucks and pads together.
inline Recording band(double rate, double seconds) {
  Recording recording = drums(rate, seconds, 104);
  const double beat = 60 / 104.0;
  for (int step = 0; 0.05 + step * beat * 0.75 < seconds - 1; step++) {
    recording.pluck(0.05 + step * beat * 0.75, 110 * std::exp2((step * 5 % 12) / 12.0));
  }
  for (int bar = 0; 0.05 + bar * beat * 4 < seconds - 3; bar++) {
    recording.pad(0.05 + bar * beat * 4, 220 * std::exp2((bar * 7 % 12) / 12.0), beat * 4);
  }
  recording.hiss(0.0005);
  return recording;
}

}  // namespace atome::material
