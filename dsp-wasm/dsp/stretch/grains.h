// Cuts grains out of the input, turns their phases and adds them to the output.
#pragma once
#include <cstdint>

#include "../memory.h"
#include "overlap_add.h"
#include "phase_vocoder.h"

namespace atome {

/// Where a grain's windows are cut, in frames from the grain's centre; far outside the window where they are not.
struct GrainCuts {
  static constexpr int64_t NEVER = int64_t(1) << 40;
  /// Input before this frame is left out, over a fade that ends here.
  int64_t left = -NEVER;
  int64_t leftFade = 1;
  /// Input from this frame on is left out, over a fade that ends here.
  int64_t right = NEVER;
  /// Output before this frame is left out.
  int64_t output = -NEVER;
  int64_t fade = 1;
};

class Grains {
 public:
  /// Windows are padded with zeros to transforms of `size`: closer bins find the peaks better.
  [[nodiscard]] bool prepare(uint32_t channels, uint32_t size, uint32_t longestWindow);
  /// The length of windows from now on, whole vectors. Audio thread, as all that follows.
  void set_window(uint32_t frames) noexcept;

  PhaseVocoder& vocoder() { return vocoder_; }
  const PhaseVocoder& vocoder() const { return vocoder_; }
  uint32_t window() const { return window_; }
  int64_t half() const { return window_ / 2; }
  /// Zeros before and after the window in a transform.
  uint32_t padding() const { return (vocoder_.size() - window_) / 2; }
  bool is_cut(const GrainCuts& cuts) const { return cuts.left > -half() || cuts.right < half(); }
  /// What was analysed last has its whole window.
  bool is_plain() const { return plain_; }
  /// `centres` point to the input frames that the grain's centre shows.
  void analyse(const float* const* centres, const GrainCuts& cuts) noexcept;
  /// Adds the grain to a sum that begins with its window.
  void synthesise(const float* weights, OverlapAdd& sum) noexcept;
  /// Adds the input itself in place of a grain.
  void add_unchanged(const float* const* centres, OverlapAdd& sum) noexcept;
  /// Applies the plain window to a padded frame.
  void apply_hann(float* padded) const noexcept;

 private:
  void shape(const GrainCuts& cuts) noexcept;

  uint32_t channels_ = 0;
  uint32_t window_ = 0;
  PhaseVocoder vocoder_;
  bool plain_ = true;
  Array<float> hann_;
  Array<float> hannSquared_;
  Array<float> analysisWindow_;
  Array<float> synthesisWindow_;
  Array<float> product_;
  Array<float> frame_;
};

}  // namespace atome
