// Onsets of a recording that passes by block by block: when each begins, and how strongly.
#pragma once
#include <cstdint>
#include <memory>
#include <vector>

#include "onset.h"
#include "onset_attack.h"
#include "onset_flux.h"
#include "pcm.h"

namespace atome {

/// One pass; the memory is that of a few seconds of sound and of the onsets found.
class OnsetDetector {
 public:
  /// @param sampleRate 1 to 768,000 Hz. @param channels 1 to MAX_CHANNELS. @returns nullptr for others.
  static std::unique_ptr<OnsetDetector> create(uint32_t sampleRate, uint32_t channels);

  /// Adds interleaved frames; samples that are not finite are silence.
  void add(const uint8_t* bytes, SampleFormat format, uint32_t frames);

  /// Judges what is left; nothing may be added afterwards.
  void finish();

  /// In their order, at least 30 ms apart.
  const std::vector<Onset>& onsets() const { return onsets_; }

 private:
  OnsetDetector(uint32_t sampleRate, uint32_t channels);
  void mix(uint32_t frames);
  uint32_t average(float* samples, uint32_t count);
  void append(const float* samples, size_t count);
  void make_room();
  void analyse();
  void judge();
  float threshold() const;
  bool is_highest() const;
  void locate(float strength);
  float novelty(int64_t frame) const { return novelty_[static_cast<uint64_t>(frame) % kNoveltyFrames]; }
  const float* at(int64_t sample) const { return history_.data() + (sample - base_); }
  int64_t centre(int64_t frame) const { return frame * flux_.hop(); }

  static constexpr uint32_t kNoveltyFrames = 64;

  uint32_t channels_;
  /// Frames of the recording averaged into one sample here, and how many have been.
  uint32_t decimation_;
  uint32_t averaged_ = 0;
  float sum_ = 0;
  double rate_;
  OnsetFlux flux_;
  OnsetAttack attack_;
  std::vector<float> scratch_;
  std::vector<float*> planes_;
  /// The last samples; the first of them is number base_ of the recording.
  std::vector<float> history_;
  size_t filled_ = 0;
  int64_t base_ = 0;
  int64_t samples_ = 0;
  /// The next frame whose novelty is computed, and the next that is judged.
  int64_t frame_ = 0;
  int64_t judged_ = 0;
  /// The last frame that hears nothing but the recording.
  int64_t lastFrame_ = INT64_MAX;
  float novelty_[kNoveltyFrames] = {};
  std::vector<Onset> onsets_;
};

}  // namespace atome
