// An engine with its disk side for tests: files in memory, pages brought between quanta, output collected.
#pragma once
#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <memory>
#include <random>
#include <vector>

#include "../engine/engine.h"
#include "allocation_guard.h"

namespace atome::test {

struct Stereo {
  std::vector<float> left;
  std::vector<float> right;
};

/// Interleaved samples of one file.
struct Sound {
  uint32_t channels = 2;
  uint32_t rate = 48000;
  std::vector<float> samples;

  int64_t frames() const { return int64_t(samples.size() / channels); }
  float at(int64_t frame, uint32_t channel) const { return samples[size_t(frame) * channels + channel]; }
};

inline Sound noise(int64_t frames, uint32_t channels, uint32_t rate, uint32_t seed) {
  std::mt19937 random(seed);
  Sound sound{channels, rate, std::vector<float>(size_t(frames) * channels)};
  for (float& sample : sound.samples) sample = float(int32_t(random())) / 4294967296.0f;
  return sound;
}

/// A stereo sine of amplitude 0.5.
inline Sound sine(double frequency, double seconds, uint32_t rate) {
  const auto frames = int64_t(seconds * rate);
  Sound sound{2, rate, std::vector<float>(size_t(frames) * 2)};
  for (int64_t frame = 0; frame < frames; frame++) {
    const double value = 0.5 * std::sin(2 * M_PI * frequency * double(frame) / rate);
    sound.samples[size_t(frame) * 2] = sound.samples[size_t(frame) * 2 + 1] = float(value);
  }
  return sound;
}

struct ClipOptions {
  double start = 0;
  double sourceStart = 0;
  /// -1: to the end of the file.
  double frames = -1;
  double fadeIn = 0;
  double fadeOut = 0;
  double cutBefore = 0;
  double cutAfter = 0;
  double cutFadeIn = 0;
  double cutFadeOut = 0;
  float gain = 1;
  float pan = 0;
  bool muted = false;
  uint32_t timeline = 0;
  /// 0: it plays as it is.
  double ratio = 0;
  double semitones = 0;
};

class TestEngine {
 public:
  explicit TestEngine(uint32_t rate = 48000, bool offline = true, uint32_t blocks = 256, int64_t firstFrame = 0)
      : engine_(std::make_unique<Engine>(rate)) {
    REQUIRE(engine_->prepare(blocks, offline, firstFrame));
  }

  Control& control() { return engine_->control; }
  SharedState& shared() { return engine_->shared; }
  Pager& pager() { return engine_->pager; }
  Engine& engine() { return *engine_; }
  const EngineCounters& counters() const { return engine_->shared.counters; }

  void load(uint32_t file, Sound sound) {
    REQUIRE(control().load_file(file, sound.channels, sound.rate, double(sound.frames())) == EngineStatus::OK);
    if (sounds_.size() <= file) sounds_.resize(file + 1);
    sounds_[file] = std::move(sound);
  }

  ClipSpec spec(uint32_t clip, uint32_t file, const ClipOptions& options = {}) const {
    const Sound& sound = sounds_[file];
    const double whole = std::round(double(sound.frames()) * (options.ratio == 0 ? 1 : options.ratio));
    const double frames = options.frames < 0 ? whole - options.sourceStart : options.frames;
    return {.clip = clip,
            .timeline = options.timeline,
            .file = file,
            .muted = options.muted,
            .startSeconds = options.start,
            .sourceStart = options.sourceStart,
            .sourceFrames = frames,
            .fadeInFrames = options.fadeIn,
            .fadeOutFrames = options.fadeOut,
            .cutBeforeFrames = options.cutBefore,
            .cutAfterFrames = options.cutAfter,
            .cutFadeInFrames = options.cutFadeIn,
            .cutFadeOutFrames = options.cutFadeOut,
            .gain = options.gain,
            .pan = options.pan,
            .stretchRatio = options.ratio,
            .semitones = options.semitones};
  }
  void add(uint32_t clip, uint32_t file, const ClipOptions& options = {}) {
    REQUIRE(control().add_clip(spec(clip, file, options)) == EngineStatus::OK);
  }
  /// Puts triggers in place of a timeline's; the next commit publishes them.
  void set_triggers(uint32_t timeline, const std::vector<TriggerSpec>& triggers,
                    const std::vector<double>& places = {}) {
    REQUIRE(control().set_triggers(timeline, triggers.data(), uint32_t(triggers.size()), places.data(),
                                   uint32_t(places.size())) == EngineStatus::OK);
  }
  void commit(uint32_t timeline = 0, double atFrame = 0) {
    REQUIRE(control().commit(timeline, atFrame) == EngineStatus::OK);
  }

  /// Plans and fills until nothing is asked for; false when a fill was refused.
  bool feed() {
    PageRequest requests[64];
    for (int round = 0; round < 1000; round++) {
      const uint32_t count = pager().plan(requests, 64);
      if (count == 0) return true;
      for (uint32_t index = 0; index < count; index++) {
        if (fill(requests[index]) != EngineStatus::OK) return false;
      }
    }
    return false;
  }
  EngineStatus fill(const PageRequest& request) {
    const Sound& sound = sounds_[request.file];
    const int64_t first = int64_t(request.page) * PAGE_FRAMES;
    const auto frames = uint32_t(std::min<int64_t>(PAGE_FRAMES, sound.frames() - first));
    const float* samples = sound.samples.data() + size_t(first) * sound.channels;
    return pager().fill(request.file, request.page, reinterpret_cast<const uint8_t*>(samples), SampleFormat::F32,
                        frames);
  }

  /// Renders whole quanta, at least `frames` frames, with every page there.
  Stereo render(int64_t frames) {
    Stereo output;
    for (int64_t done = 0; done < frames; done += QUANTUM_FRAMES) {
      feed();
      quantum(output);
    }
    return output;
  }
  /// One quantum as it is, under the allocation guard.
  void quantum(Stereo& output) {
    const float* samples;
    {
      const AllocationGuard guard;
      samples = engine_->renderer.process();
    }
    output.left.insert(output.left.end(), samples, samples + QUANTUM_FRAMES);
    output.right.insert(output.right.end(), samples + QUANTUM_FRAMES, samples + 2 * QUANTUM_FRAMES);
    control().collect();
  }

 private:
  std::unique_ptr<Engine> engine_;
  std::vector<Sound> sounds_;
};

/// Largest difference between neighbouring samples.
inline float largest_step(const std::vector<float>& samples) {
  float largest = 0;
  for (size_t frame = 1; frame < samples.size(); frame++) {
    largest = std::max(largest, std::fabs(samples[frame] - samples[frame - 1]));
  }
  return largest;
}

inline float largest_difference(const std::vector<float>& a, const std::vector<float>& b) {
  REQUIRE(a.size() == b.size());
  float largest = 0;
  for (size_t frame = 0; frame < a.size(); frame++) largest = std::max(largest, std::fabs(a[frame] - b[frame]));
  return largest;
}

}  // namespace atome::test
