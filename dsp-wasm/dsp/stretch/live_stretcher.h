// Feeds a stretcher from a stream: frames come in as they are played, stretched frames go out.
#pragma once
#include <cstdint>

#include "../memory.h"
#include "stretcher.h"

namespace atome {

/// Keeps the input that grains still need, and the output that nobody has taken yet. Output begins with the first frame
/// of input. At other speeds than 1 the caller gives and takes frames in that proportion; input that comes too fast
/// pushes out the oldest that has not been used.
class LiveStretcher {
 public:
  /// `block` is the largest number of frames of one call.
  [[nodiscard]] bool prepare(uint32_t channels, uint32_t sampleRate, uint32_t block);
  /// Forgets all input and output. Audio thread, as all that follows.
  void reset() noexcept;

  /// Whether shifts of the pitch leave a voice's resonances where they are.
  void keep_formants(bool keep) noexcept { formants_ = keep; }
  /// Takes `frames` frames, writes at most `capacity` and returns how many. The two halves of a grain's work fall into
  /// different calls where they can, so that calls cost about the same.
  uint32_t process(const float* const* input, uint32_t frames, float* const* output, uint32_t capacity, double speed,
                   double pitch) noexcept;

  /// Frames that have gone in before a frame comes out at normal speed and pitch, at most.
  uint32_t latency() const { return stretcher_.lookahead() + 2 * stretcher_.hop(1) + STEP; }
  /// Frames to hold back so that calls that give and take equally many never run dry at this pitch or above.
  uint32_t delay(double pitch) const;

 private:
  /// Frames that half a grain's work may take, at normal pitch.
  static constexpr uint32_t STEP = 128;

  void take(const float* const* input, uint32_t frames) noexcept;
  bool analyse(double speed, double pitch) noexcept;
  void synthesise() noexcept;

  Stretcher stretcher_;
  uint32_t channels_ = 0;
  uint32_t block_ = 0;
  uint32_t inputSize_ = 0;
  uint32_t outputSize_ = 0;
  /// Of the first frame kept, and of the frame after the last.
  int64_t inputBegin_ = 0;
  int64_t inputEnd_ = 0;
  uint32_t ready_ = 0;
  /// The grain is analysed and not yet heard.
  bool analysed_ = false;
  bool formants_ = false;
  GrainRequest request_;
  Array<float> input_;
  Array<float> output_;
  Array<const float*> sources_;
  Array<float*> targets_;
};

}  // namespace atome
