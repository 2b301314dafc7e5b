// Renders one clip stretched, half a grain at a time, into a window of bus frames that may be read more than once.
#pragma once
#include <cstdint>

#include "../dsp/memory.h"
#include "../dsp/stretch/stretcher.h"
#include "stretch_mapping.h"
#include "stretch_shape.h"

namespace atome {

/// What it renders depends on where it began and on its mapping alone, not on when it is asked to work.
class StretchVoice {
 public:
  /// Control thread; false when there is no memory.
  [[nodiscard]] bool prepare(const StretchShape& shape);

  /// Forgets what it rendered; the first frame will be bus frame `origin`. Audio thread, as all that follows.
  void begin(const StretchMapping& mapping, int64_t origin) noexcept;
  /// Goes over to another mapping with its next grains.
  void go_over_to(const StretchMapping& mapping) noexcept;

  /// From now on its frames lie `frames` later on the bus; they sound the same.
  void shift(int64_t frames) noexcept;

  /// Forgets what it rendered, too; makes context frames from 0 on, each grain from where `lead` said last. @param
  /// ratio file frames per context frame.
  void begin_led(const StretchMapping& mapping, double ratio) noexcept;
  /// @param position file frame; @param speed file frames per context frame.
  void lead(double position, double speed) noexcept;

  /// Half a grain's work. Returns the bus frames that are silent because pages were missing.
  uint32_t step() noexcept;
  /// Steps until all frames before `frame` are there.
  uint32_t steps_until(int64_t frame) const noexcept;
  /// Whether a step leaves the frames from `oldest` on in the window.
  bool has_room(int64_t oldest) const noexcept { return end_ + stretcher_.capacity() <= oldest + frames_; }

  const StretchMapping& mapping() const noexcept { return mapping_; }
  int64_t origin() const noexcept { return origin_; }
  /// The frames before this one are there.
  int64_t end() const noexcept { return end_; }
  /// Bus frames that a grain makes.
  double grain_frames() const noexcept { return stretcher_.hop(mapping_.pitch) / mapping_.pitch; }
  /// Points `channels` to `frame` and returns how many of the frames from there on lie side by side, at most `frames`;
  /// 0 where they are not in the window.
  uint32_t read(int64_t frame, uint32_t frames, const float** channels) const noexcept;

 private:
  /// Grains over which speed, place and pitch glide.
  static constexpr uint32_t GLIDE_GRAINS = 4;
  /// Grains for which a mapping goes on at most while the pages of the next one are missing.
  static constexpr uint32_t WAITING_GRAINS = 8;

  int64_t place_of(int64_t frame) const noexcept { return (frame - zero_) & (frames_ - 1); }
  InputSpan specify() noexcept;
  void synthesise() noexcept;

  Stretcher stretcher_;
  uint32_t channels_ = 0;
  /// Frames of the window, a power of two.
  int64_t frames_ = 0;
  /// Bus frame of its first place.
  int64_t zero_ = 0;
  StretchMapping mapping_;
  StretchMapping before_;
  /// Grains for which the mapping before still counts, and for which it may be all that counts.
  uint32_t gliding_ = 0;
  uint32_t waiting_ = 0;
  /// Only the pitch glides.
  bool jumps_ = false;
  int64_t origin_ = 0;
  int64_t end_ = 0;
  /// Grains that were specified, and frames of the stretched sound that were read, since the beginning.
  uint32_t grains_ = 0;
  double read_ = 0;
  double pitch_ = 1;
  bool analysed_ = false;
  bool led_ = false;
  double ledPosition_ = 0;
  double ledSpeed_ = 0;
  Array<float> input_;
  Array<float> output_;
  Array<float> window_;
};

}  // namespace atome
