// Mixes voices into a stereo span of bus frames: pages, gains, glides, fades and meters. Audio thread.
#pragma once
#include <cstdint>
#include <limits>

#include "../dsp/mix.h"
#include "../generated/protocol.h"
#include "clip_meter.h"
#include "clip_mix.h"
#include "schedule.h"
#include "stretch_runs.h"

namespace atome {

/// A span of bus frames to mix into, and its place in time.
struct BusSpan {
  int64_t from;
  int64_t to;
  float* left;
  float* right;
  /// Master frames at bus frame `from`, relative to `masterFrame`, and per bus frame.
  int64_t masterFrame;
  double offset;
  double step;
  /// Master frame up to which this span is heard.
  int64_t masterEnd;
  /// Bus frame at which voices that started before `entered` begin a fade of `fadeFrames`; NO_FADE: none.
  int64_t fadeStart;
  int64_t entered;
  float fadeFrames;
  /// What does not sound yet may begin to.
  bool begins;

  static constexpr int64_t NO_FADE = std::numeric_limits<int64_t>::min();
};

class StretchWork;

class VoiceMixer {
 public:
  /// Control thread. @param meters one per clip, or null.
  void prepare(ClipMix* mixes, ClipMeter* meters, StretchWork& work) {
    mixes_ = mixes;
    meters_ = meters;
    work_ = &work;
  }

  /// The stretchers of the timeline that is mixed from now on.
  void stretch_by(StretchRuns& runs) noexcept { runs_ = &runs; }
  void begin(const BusSpan& span) noexcept { span_ = span; }
  /// Adds what the voice sounds within the span.
  void add(const Voice& voice) noexcept;
  /// Finishes the span; nothing is complete before.
  void end() noexcept { flush(); }

  /// Voice-frames that found no page since the last call.
  uint32_t take_starved() noexcept {
    const uint32_t starved = starved_;
    starved_ = 0;
    return starved;
  }
  /// Voice-frames that were silent since the last call because their stretcher was not ready.
  uint32_t take_late() noexcept {
    const uint32_t late = late_;
    late_ = 0;
    return late;
  }
  /// Voices mixed since the last call.
  uint32_t take_voices() noexcept {
    const uint32_t voices = voices_;
    voices_ = 0;
    return voices;
  }

 private:
  /// What shapes a voice within a span besides constant gain.
  struct Shape {
    const Glide* glide;
    double elapsed;
    bool fades;
    /// Bus frame from which it fades in because it was late.
    int64_t lateFrom;
  };
  /// Samples of a voice from one frame on.
  struct Samples {
    const float* const* channels;
    uint32_t count;
  };

  void add_pages(const Voice& voice, const Shape& shape, int64_t from, int64_t to) noexcept;
  void add_stretched(const Voice& voice, Shape shape, int64_t from, int64_t to) noexcept;
  void add_samples(const Voice& voice, const Shape& shape, Samples samples, int64_t from, int64_t to) noexcept;
  void add_shaped(const Voice& voice, const Shape& shape, Samples samples, int64_t from, int64_t to) noexcept;
  /// Product of the clip's own fades and of those after a jump and a delay.
  float fade_at(const Voice& voice, const Shape& shape, int64_t frame) const noexcept;
  void measure(const Voice& voice, StereoGain gain, Samples samples, uint32_t skipped, uint32_t frames) noexcept;
  void flush() noexcept;

  BusSpan span_{};
  ClipMix* mixes_ = nullptr;
  ClipMeter* meters_ = nullptr;
  StretchRuns* runs_ = nullptr;
  StretchWork* work_ = nullptr;
  StereoSource batch_[MIX_BATCH];
  uint32_t batched_ = 0;
  uint32_t starved_ = 0;
  uint32_t late_ = 0;
  uint32_t voices_ = 0;
};

}  // namespace atome
