// Mixes voices into a stereo span of bus frames.
#include "voice_mixer.h"

#include <algorithm>
#include <cmath>

#include "stretch_work.h"

namespace atome {
namespace {

/// Frames shaped at a time.
constexpr uint32_t SHAPE_FRAMES = 128;

float smooth(float x) {
  return x * x * (3 - 2 * x);
}

}  // namespace

void VoiceMixer::add(const Voice& voice) noexcept {
  const int64_t from = std::max(voice.start, span_.from);
  const int64_t to = std::min(voice.end, span_.to);
  if (from >= to) return;
  ClipMix& mix = mixes_[voice.clip];
  const Glide& glide = mix.follow(voice.generation, span_.masterFrame);
  mix.heard_until(span_.masterEnd);
  const double elapsed =
      double(span_.masterFrame - glide.start) + span_.offset + double(from - span_.from) * span_.step;
  const bool gliding = !glide.done(elapsed);
  if (!gliding && glide.to == StereoGain{}) return;
  voices_++;
  const bool entering = voice.start < span_.entered && from < span_.fadeStart + int64_t(std::ceil(span_.fadeFrames));
  const auto played = float(from - voice.start);
  const auto remaining = float(voice.end - to);
  const bool fades = played + voice.cutBefore < voice.fadeIn || remaining + voice.cutAfter < voice.fadeOut ||
                     played < voice.cutFadeIn || remaining < voice.cutFadeOut || entering;
  const Shape shape{gliding || fades ? &glide : nullptr, elapsed, fades, StretchRun::NOT_LATE};
  if (voice.stretch) {
    add_stretched(voice, shape, from, to);
  } else {
    add_pages(voice, shape, from, to);
  }
}

void VoiceMixer::add_pages(const Voice& voice, const Shape& shape, int64_t from, int64_t to) noexcept {
  const FileTable& file = *voice.file;
  for (int64_t frame = from, end; frame < to; frame = end) {
    const int64_t sourceFrame = voice.sourceStart + (frame - voice.start);
    const auto page = uint32_t(sourceFrame / PAGE_FRAMES);
    const auto pageFrame = uint32_t(sourceFrame % PAGE_FRAMES);
    end = std::min<int64_t>(to, frame + PAGE_FRAMES - pageFrame);
    const float* samples[MAX_CHANNELS];
    uint32_t channel = 0;
    for (; channel < file.channels; channel++) {
      samples[channel] = file.page(page, channel);
      if (!samples[channel]) break;
      samples[channel] += pageFrame;
    }
    if (channel < file.channels) {
      starved_ += uint32_t(end - frame);
      continue;
    }
    Shape part = shape;
    part.elapsed += double(frame - from) * span_.step;
    add_samples(voice, part, {samples, file.channels}, frame, end);
  }
}

void VoiceMixer::add_stretched(const Voice& voice, Shape shape, int64_t from, int64_t to) noexcept {
  StretchRun* run = runs_->at(voice, from, span_.begins);
  if (run) run->asked = std::max(run->asked, to);
  // What fades out before it was heard stays silent.
  const bool ready = run && (run->heard || span_.begins) && work_->fill(*run, to);
  if (!ready) {
    late_ += uint32_t(to - from);
    return;
  }
  if (!run->heard) {
    run->heard = true;
    if (from > run->voice.origin()) run->fadeFrom = from;
  }
  if (run->fadeFrom != StretchRun::NOT_LATE && from < run->fadeFrom + int64_t(std::ceil(span_.fadeFrames))) {
    shape.glide = &mixes_[voice.clip].glide();
    shape.fades = true;
    shape.lateFrom = run->fadeFrom;
  }
  const double elapsed = shape.elapsed;
  for (int64_t frame = from; frame < to;) {
    const float* channels[2];
    const uint32_t frames = run->voice.read(frame, uint32_t(to - frame), channels);
    if (frames == 0) {
      late_ += uint32_t(to - frame);
      return;
    }
    shape.elapsed = elapsed + double(frame - from) * span_.step;
    add_samples(voice, shape, {channels, run->shape->channels}, frame, frame + frames);
    frame += frames;
  }
}

void VoiceMixer::add_samples(const Voice& voice, const Shape& shape, Samples samples, int64_t from,
                             int64_t to) noexcept {
  const bool wholeSpan = from == span_.from && to == span_.to;
  if (shape.glide || samples.count > 2 || !wholeSpan) {
    flush();
    return add_shaped(voice, shape, samples, from, to);
  }
  const StereoGain gain = mixes_[voice.clip].settled();
  const float* left = samples.channels[0];
  const float* right = samples.count == 2 ? samples.channels[1] : left;
  batch_[batched_++] = {left, right, gain.left, gain.right};
  if (meters_) measure(voice, gain, samples, 0, uint32_t(to - from));
  if (batched_ == MIX_BATCH) flush();
}

void VoiceMixer::add_shaped(const Voice& voice, const Shape& shape, Samples samples, int64_t from,
                            int64_t to) noexcept {
  const StereoGain settled = mixes_[voice.clip].settled();
  float gainLeft[SHAPE_FRAMES], gainRight[SHAPE_FRAMES];
  for (int64_t frame = from; frame < to; frame += SHAPE_FRAMES) {
    const auto frames = uint32_t(std::min<int64_t>(SHAPE_FRAMES, to - frame));
    for (uint32_t index = 0; index < frames; index++) {
      const int64_t at = frame + index;
      const StereoGain gain = shape.glide ? shape.glide->at(shape.elapsed + double(at - from) * span_.step) : settled;
      const float fade = shape.fades ? fade_at(voice, shape, at) : 1;
      gainLeft[index] = gain.left * fade;
      gainRight[index] = gain.right * fade;
    }
    const auto skipped = uint32_t(frame - from);
    float* left = span_.left + (frame - span_.from);
    float* right = span_.right + (frame - span_.from);
    for (uint32_t channel = 0; channel < samples.count; channel++) {
      const StereoGain weight = channel_weight(channel, samples.count);
      const float* source = samples.channels[channel] + skipped;
      if (weight.left != 0) mix_shaped(source, gainLeft, weight.left, frames, left);
      if (weight.right != 0) mix_shaped(source, gainRight, weight.right, frames, right);
    }
    if (meters_) measure(voice, {gainLeft[frames / 2], gainRight[frames / 2]}, samples, skipped, frames);
  }
}

float VoiceMixer::fade_at(const Voice& voice, const Shape& shape, int64_t frame) const noexcept {
  float fade = 1;
  const auto played = float(frame - voice.start);
  const auto remaining = float(voice.end - frame);
  const float begun = played + voice.cutBefore;
  const float left = remaining + voice.cutAfter;
  if (begun < voice.fadeIn) fade *= smooth(begun / voice.fadeIn);
  if (left < voice.fadeOut) fade *= smooth(left / voice.fadeOut);
  if (played < voice.cutFadeIn) fade *= smooth(played / voice.cutFadeIn);
  if (remaining < voice.cutFadeOut) fade *= smooth(remaining / voice.cutFadeOut);
  if (voice.start < span_.entered) {
    fade *= std::clamp(float(frame - span_.fadeStart) / span_.fadeFrames, 0.0f, 1.0f);
  }
  if (shape.lateFrom != StretchRun::NOT_LATE) {
    fade *= std::clamp(float(frame - shape.lateFrom) / span_.fadeFrames, 0.0f, 1.0f);
  }
  return fade;
}

void VoiceMixer::measure(const Voice& voice, StereoGain gain, Samples samples, uint32_t skipped,
                         uint32_t frames) noexcept {
  ClipMeter& meter = meters_[voice.clip];
  for (uint32_t channel = 0; channel < samples.count; channel++) {
    const StereoGain weight = channel_weight(channel, samples.count);
    const float left = gain.left * weight.left;
    const float right = gain.right * weight.right;
    const Level level = level_of(samples.channels[channel] + skipped, frames);
    meter.peak = std::fmax(meter.peak, level.peak * std::fmax(left, right));
    meter.squares += level.squares * (left * left + right * right);
  }
}

void VoiceMixer::flush() noexcept {
  mix_constant(batch_, batched_, uint32_t(span_.to - span_.from), span_.left, span_.right);
  batched_ = 0;
}

}  // namespace atome
