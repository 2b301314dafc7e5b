// The metronome's sound.
#include "click_player.h"

#include <algorithm>
#include <cmath>

namespace atome {
namespace {

constexpr double LENGTH_SECONDS = 0.03;
constexpr double DECAY_SECONDS = 0.007;

struct Tone {
  double frequency;
  double level;
};
/// A fourth apart, the bar line's above.
constexpr Tone ACCENT{1760, 1};
constexpr Tone BEAT{1320, 0.7};

/// A decaying sine that begins one frame in, so that it is heard from its very first frame, and ends in silence.
void make_sound(Tone tone, uint32_t sampleRate, float* sound, uint32_t frames) {
  for (uint32_t frame = 0; frame < frames; frame++) {
    const double time = double(frame + 1) / sampleRate;
    const double taper = 1 - double(frame + 1) / frames;
    sound[frame] =
        float(tone.level * std::sin(2 * M_PI * tone.frequency * time) * std::exp(-time / DECAY_SECONDS) * taper);
  }
}

}  // namespace

bool ClickPlayer::prepare(uint32_t sampleRate) {
  length_ = uint32_t(std::lround(LENGTH_SECONDS * sampleRate));
  if (!sounds_.allocate(size_t(length_) * 2)) return false;
  make_sound(ACCENT, sampleRate, sounds_.data(), length_);
  make_sound(BEAT, sampleRate, sounds_.data() + length_, length_);
  gain_.set_target(0);
  gain_.settle();
  return true;
}

void ClickPlayer::pass(uint32_t timeline, ClickCursor& cursor, const ClickTrack* published, int64_t masterFrame,
                       int64_t position, uint32_t frames, uint32_t offset) noexcept {
  if (!published || gain_.is_off()) return;
  const ClickTrack* track = published->at(masterFrame);
  if (!track) return;
  const bool goesOn = cursor.track == track->sequence && cursor.position == position;
  if (!goesOn) cursor = {track->sequence, position, track->first_from(position)};
  cursor.position = position + frames;
  for (; cursor.next < track->clicks.size(); cursor.next++) {
    const Click& click = track->clicks[cursor.next];
    if (click.position >= cursor.position) return;
    start(timeline, click.accent != 0, offset + uint32_t(click.position - position));
  }
}

void ClickPlayer::release(uint32_t timeline) noexcept {
  for (uint32_t index = 0; index < count_; index++) {
    Voice& voice = voices_[index];
    if (voice.timeline == timeline) voice.remaining = std::min(voice.remaining, uint32_t(DECLICK_FRAMES));
  }
}

void ClickPlayer::render(uint32_t frames, float* left, float* right) noexcept {
  std::fill_n(left, frames, 0.0f);
  for (uint32_t index = 0; index < count_;) {
    Voice& voice = voices_[index];
    add(voice, frames, left);
    if (voice.played == length_ || voice.remaining == 0) {
      remove(index);
    } else {
      index++;
    }
  }
  std::copy_n(left, frames, right);
  gain_.apply(left, right, frames);
}

/// What nobody hears yet need not glide to its gain. When all voices are taken the one that began first gives way.
void ClickPlayer::start(uint32_t timeline, bool accent, uint32_t wait) noexcept {
  if (is_silent()) gain_.settle();
  if (count_ == MAX_VOICES) remove(0);
  voices_[count_++] = {sounds_.data() + (accent ? 0 : length_), timeline, wait, 0, UINT32_MAX};
}

void ClickPlayer::remove(uint32_t index) noexcept {
  std::copy(voices_ + index + 1, voices_ + count_, voices_ + index);
  count_--;
}

void ClickPlayer::add(Voice& voice, uint32_t frames, float* output) const noexcept {
  const uint32_t begin = std::min(voice.wait, frames);
  voice.wait -= begin;
  for (uint32_t frame = begin; frame < frames && voice.played < length_ && voice.remaining > 0; frame++) {
    const bool released = voice.remaining <= DECLICK_FRAMES;
    const float share = released ? float(voice.remaining--) / DECLICK_FRAMES : 1.0f;
    output[frame] += voice.sound[voice.played++] * share;
  }
}

}  // namespace atome
