// Stretches time and shifts pitch, one grain after another, each from wherever it is asked for.
#pragma once
#include <cstdint>

#include "../memory.h"
#include "onset_map.h"
#include "overlap_add.h"
#include "phase_vocoder.h"
#include "pitch_reader.h"

namespace atome {

/// What one grain shall sound like.
struct GrainRequest {
  /// Input frame that its centre shows; may lie between frames and outside the input.
  double position = 0;
  /// Input frames per output frame: 0.5 is half speed, 0 stands still, negative goes backwards.
  double speed = 1;
  /// Factor of all frequencies.
  double pitch = 1;
  /// Forget what sounded before: output begins at `position`, at full level.
  bool reset = false;
};

/// Input frames [begin, end).
struct InputSpan {
  int64_t begin;
  int64_t end;
};

/// A piece of output and the input positions of its first frame and of the frame after its last one.
struct OutputSpan {
  uint32_t frames;
  double begin;
  double end;
};

/// Use: for every grain `specify`, `analyse`, `synthesise`, `next`. Nothing is allocated after `prepare`.
class Stretcher {
 public:
  [[nodiscard]] bool prepare(uint32_t channels, uint32_t sampleRate);

  /// The input that the grain needs. Audio thread, as all that follows.
  InputSpan specify(const GrainRequest& request) noexcept;
  /// `channels` point to the samples of frame `begin` of that span.
  void analyse(const float* const* channels) noexcept;
  /// Writes the output that is now complete, at most `capacity` frames per channel.
  OutputSpan synthesise(float* const* channels) noexcept;
  /// The request that continues this one at the same speed.
  GrainRequest next(const GrainRequest& request) const noexcept;

  uint32_t capacity() const { return reader_.capacity(); }
  uint32_t size() const { return size_; }

 private:
  struct Anchor {
    int64_t input;
    int64_t output;
  };
  void place(const float* const* channels) noexcept;
  void shape_windows() noexcept;

  uint32_t channels_ = 0;
  uint32_t size_ = 0;
  uint32_t hop_ = 0;
  int64_t reach_ = 0;
  uint32_t fadeFrames_ = 0;
  int64_t attackFrames_ = 0;
  OnsetMap onsets_;
  PhaseVocoder vocoder_;
  OverlapAdd sum_;
  PitchReader reader_;

  GrainRequest request_;
  InputSpan span_ = {};
  /// Centre of this grain in stretched frames since the reset.
  int64_t centre_ = 0;
  /// Input frame at the grain's centre, and at that of the one before.
  int64_t position_ = 0;
  int64_t lastPosition_ = 0;
  bool first_ = true;
  bool attack_ = false;
  bool cut_ = false;
  bool pending_ = false;
  Anchor anchor_ = {};
  /// Onsets before this input frame have been dealt with.
  int64_t consumed_ = INT64_MIN;
  /// Where the windows are cut, relative to the grain's first frame.
  int64_t leftCut_ = 0;
  int64_t rightCut_ = 0;
  int64_t leftFade_ = 0;
  int64_t outputCut_ = 0;
  Array<float> hann_;
  Array<float> analysisWindow_;
  Array<float> synthesisWindow_;
  Array<float> product_;
  Array<float> frame_;
};

}  // namespace atome
