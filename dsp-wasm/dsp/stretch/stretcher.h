// Stretches time and shifts pitch, one grain after another, each from wherever it is asked for.
#pragma once
#include <cstdint>

#include "../memory.h"
#include "displacement.h"
#include "formant_keeper.h"
#include "grains.h"
#include "level_keeper.h"
#include "onset_map.h"
#include "overlap_add.h"
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
  /// Leave a voice's resonances where they are when the pitch is shifted.
  bool formants = false;
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

/// How long a stretcher's windows are.
enum class Windows {
  /// Always as at normal pitch: nothing has to be known earlier.
  STEADY,
  /// Longer where the pitch is shifted up, as reading faster makes them shorter.
  GROWING,
};

/// Use: for every grain `specify`, `analyse`, `synthesise`, `next`. Nothing is allocated after `prepare`.
class Stretcher {
 public:
  [[nodiscard]] bool prepare(uint32_t channels, uint32_t sampleRate, Windows windows = Windows::GROWING);

  /// The input that the grain needs. Audio thread, as all that follows.
  InputSpan specify(const GrainRequest& request) noexcept;
  /// `channels` point to the samples of frame `begin` of that span.
  void analyse(const float* const* channels) noexcept;
  /// Writes the output that is now complete, at most `capacity` frames per channel.
  OutputSpan synthesise(float* const* channels) noexcept;
  /// The request that continues this one, which was specified last, at the same speed.
  GrainRequest next(const GrainRequest& request) const noexcept;
  /// Stretched frame since the reset that the position of the next request is of: the centre of its grain, if its pitch
  /// is the same.
  int64_t centre() const { return begin_ + 2 * int64_t(lastHop_); }

  /// Output frames of one `synthesise`, at most.
  uint32_t capacity() const { return reader_.capacity(); }
  /// Input frames of one `specify`, at most.
  uint32_t input_capacity() const;
  /// Input frames after its centre that a grain at normal speed needs.
  uint32_t lookahead() const;
  /// Stretched frames from one grain to the next. @param pitch of both
  uint32_t hop(double pitch) const noexcept;

 private:
  /// Grains that sound at any time.
  static constexpr uint32_t OVERLAP = 4;

  /// An attack: the input frame and the frame of the stretched sound where it begins.
  struct Anchor {
    int64_t input;
    int64_t output;
  };
  /// A frame of the stretched sound, and the input frame that is heard there.
  struct Place {
    double output;
    double input;
  };
  int64_t ahead(double speed) const noexcept;
  int64_t behind(double speed) const noexcept;
  double input_at(double output) const noexcept;
  void place() noexcept;
  bool fits(int64_t position) const noexcept;
  bool continues() const noexcept;
  bool asks_for_input_itself() const noexcept;
  void copy_input() noexcept;
  int64_t displaced(int64_t nominal) noexcept;
  void cut_at_onsets(int64_t next) noexcept;
  void turn_phases() noexcept;
  uint32_t sounding_bins() const noexcept;
  void weigh() noexcept;
  void keep_level() noexcept;
  void compare_level() noexcept;

  uint32_t channels_ = 0;
  /// Of this grain; a window is four. That of the grain before, at normal pitch, and at most.
  uint32_t hop_ = 0;
  uint32_t lastHop_ = 0;
  uint32_t usualHop_ = 0;
  uint32_t longestHop_ = 0;
  int64_t reach_ = 0;
  int64_t fade_ = 0;
  int64_t attackFrames_ = 0;
  OnsetMap onsets_;
  Grains grains_;
  OverlapAdd sum_;
  LevelKeeper keeper_;
  FormantKeeper formants_;
  PitchReader reader_;
  Displacement displacement_;

  GrainRequest request_;
  InputSpan span_ = {};
  /// Where this grain's window begins, in stretched frames since the reset; its centre, and that of the one before.
  int64_t begin_ = 0;
  int64_t centre_ = 0;
  int64_t lastCentre_ = 0;
  /// Input frame at the grain's centre, and at that of the one before.
  int64_t position_ = 0;
  int64_t lastPosition_ = 0;
  bool started_ = false;
  bool first_ = true;
  /// Where the request before leads, and how many grains in a row have gone on there.
  double expected_ = 0;
  uint32_t continued_ = 0;
  /// Grains since the reset.
  uint32_t count_ = 0;
  /// Grains in a row that were the input itself; what they make up is copied.
  uint32_t unchanged_ = 0;
  /// Of the newest grain and those before it whose halves are output now.
  Place places_[OVERLAP / 2 + 1] = {};
  bool attack_ = false;
  /// The next grain begins with the attack of the anchor.
  bool pending_ = false;
  Anchor anchor_ = {};
  /// Onsets before this input frame have been dealt with.
  int64_t consumed_ = 0;
  GrainCuts cuts_;
  Array<float> weights_;
  Array<float> frame_;
  Array<const float*> centres_;
};

}  // namespace atome
