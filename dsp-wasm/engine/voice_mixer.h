// Mixes voices into a stereo span of bus frames: pages, gains, glides, fades and meters. Audio thread.
#pragma once
#include <cstdint>
#include <limits>

#include "../dsp/mix.h"
#include "../generated/protocol.h"
#include "clip_meter.h"
#include "clip_mix.h"
#include "schedule.h"

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

  static constexpr int64_t NO_FADE = std::numeric_limits<int64_t>::min();
};

class VoiceMixer {
 public:
  /// Control thread. @param meters one per clip, or null.
  void prepare(ClipMix* mixes, ClipMeter* meters) {
    mixes_ = mixes;
    meters_ = meters;
  }

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
  };

  void add_page_span(const Voice& voice, const Shape& shape, int64_t from, int64_t to) noexcept;
  void add_shaped(const Voice& voice, const Shape& shape, const float* const* pages, uint32_t pageFrame, int64_t from,
                  int64_t to) noexcept;
  /// Product of the clip's own fades and of the fade-in after a jump.
  float fade_at(const Voice& voice, int64_t frame) const noexcept;
  void measure(const Voice& voice, StereoGain gain, const float* const* pages, uint32_t pageFrame,
               uint32_t frames) noexcept;
  void flush() noexcept;

  BusSpan span_{};
  ClipMix* mixes_ = nullptr;
  ClipMeter* meters_ = nullptr;
  StereoSource batch_[MIX_BATCH];
  uint32_t batched_ = 0;
  uint32_t starved_ = 0;
  uint32_t voices_ = 0;
};

}  // namespace atome
