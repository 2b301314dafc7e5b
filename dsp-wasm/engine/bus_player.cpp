// Plays one rate bus.
#include "bus_player.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "schedule.h"
#include "voice_mixer.h"

namespace atome {
namespace {

/// A start within the rounding of a position counts as a start at that position.
int64_t start_rounding(const BusPlan& plan) {
  return plan.table ? int64_t(std::ceil(plan.ratio())) + 1 : 0;
}

}  // namespace

bool BusPlayer::prepare(const BusPlan& plan) {
  if (!active_.allocate(plan.voices.size())) return false;
  if (!plan.table) return true;
  const size_t frames = plan.table->taps() + size_t(std::ceil(QUANTUM_FRAMES * plan.ratio())) + 2;
  return windowLeft_.allocate(frames) && windowRight_.allocate(frames);
}

void BusPlayer::enter(const BusPlan& plan, int64_t position, bool fadeIn) noexcept {
  const int64_t frame = plan.frame_at(position);
  fadeStart_ = fadeIn ? frame : BusSpan::NO_FADE;
  startLimit_ = NO_LIMIT;
  rewind(plan, frame);
}

/// Begins the window anew for a bus frame.
void BusPlayer::rewind(const BusPlan& plan, int64_t frame) noexcept {
  const int64_t first = plan.table ? frame - plan.half() + 1 : frame;
  windowStart_ = windowEnd_ = soundEnd_ = first;
  activeCount_ = 0;
  plan.visit_overlapping(first, first, [this](uint32_t index) { active_[activeCount_++] = index; });
  next_ = plan.first_from(first);
}

void BusPlayer::render(const BusPlan& plan, int64_t position, uint32_t frames, int64_t masterFrame, VoiceMixer& mixer,
                       float* left, float* right) noexcept {
  render_span(plan, position, frames, masterFrame, true, mixer, left, right);
}

void BusPlayer::render_span(const BusPlan& plan, int64_t position, uint32_t frames, int64_t masterFrame, bool begins,
                            VoiceMixer& mixer, float* left, float* right) noexcept {
  const double ratio = plan.ratio();
  BusSpan span{};
  span.masterFrame = masterFrame;
  span.masterEnd = masterFrame + frames;
  span.step = 1 / ratio;
  span.fadeStart = fadeStart_;
  span.entered = fadeStart_ == BusSpan::NO_FADE ? fadeStart_ : fadeStart_ - start_rounding(plan);
  span.fadeFrames = float(DECLICK_FRAMES * ratio);
  span.begins = begins;
  if (!plan.table) {
    span.from = position;
    span.to = position + frames;
    span.left = left;
    span.right = right;
    mixer.begin(span);
    mix_voices(plan, span.from, span.to, mixer);
    return mixer.end();
  }

  const SourcePosition first = plan.table->position(position);
  const SourcePosition last = plan.table->position(position + frames - 1);
  const int64_t windowFirst = first.frame - plan.half() + 1;
  const auto kept = size_t(windowEnd_ - windowFirst);
  const auto dropped = size_t(windowFirst - windowStart_);
  std::memmove(windowLeft_.data(), windowLeft_.data() + dropped, kept * sizeof(float));
  std::memmove(windowRight_.data(), windowRight_.data() + dropped, kept * sizeof(float));
  windowStart_ = windowFirst;

  span.from = windowEnd_;
  span.to = last.frame + plan.half() + 1;
  if (span.to > span.from) {
    span.left = windowLeft_.data() + kept;
    span.right = windowRight_.data() + kept;
    // A frame is mixed when it enters the window, half a filter before it is heard.
    span.offset = (double(span.from - first.frame - plan.half()) - plan.table->fraction(first.remainder)) * span.step;
    std::fill_n(span.left, span.to - span.from, 0.0f);
    std::fill_n(span.right, span.to - span.from, 0.0f);
    mixer.begin(span);
    if (mix_voices(plan, span.from, span.to, mixer)) soundEnd_ = span.to;
    mixer.end();
    windowEnd_ = span.to;
  }
  if (soundEnd_ > windowStart_) {
    plan.table->resample(first, windowLeft_.data(), windowRight_.data(), frames, left, right);
  }
}

void BusPlayer::limit_starts(const BusPlan& plan, int64_t position) noexcept {
  startLimit_ = plan.frame_at(position) - start_rounding(plan);
}

void BusPlayer::render_outgoing(const BusPlan& plan, int64_t position, uint32_t frames, int64_t masterFrame,
                                VoiceMixer& mixer, float* left, float* right) noexcept {
  limit_starts(plan, position);
  // The window already holds the beginnings of what starts within half a filter.
  if (plan.table) rewind(plan, plan.frame_at(position));
  render_span(plan, position, frames, masterFrame, false, mixer, left, right);
}

bool BusPlayer::mix_voices(const BusPlan& plan, int64_t from, int64_t to, VoiceMixer& mixer) noexcept {
  const int64_t limit = std::min(to, startLimit_);
  while (next_ < plan.voices.size() && plan.voices[next_].start < limit) active_[activeCount_++] = next_++;
  uint32_t kept = 0;
  const bool any = activeCount_ > 0;
  for (uint32_t place = 0; place < activeCount_; place++) {
    const uint32_t index = active_[place];
    const Voice& voice = plan.voices[index];
    mixer.add(voice);
    if (voice.end > to) active_[kept++] = index;
  }
  activeCount_ = kept;
  if (fadeStart_ != BusSpan::NO_FADE && from > fadeStart_ + int64_t(DECLICK_FRAMES * plan.ratio())) {
    fadeStart_ = BusSpan::NO_FADE;
  }
  return any;
}

}  // namespace atome
