// Lets a playhead that is dragged be heard.
#include "scrubber.h"

#include <algorithm>

#include "page_reader.h"
#include "shared_state.h"
#include "stretch_work.h"
#include "timeline_player.h"

namespace atome {
namespace {

/// Frames over which loudness follows the hand, and over which a clip comes and goes.
constexpr uint32_t FOLLOWING = 256, COMING = 256;

}  // namespace

void Scrubber::begin_quantum(int64_t masterFrame) noexcept {
  const uint32_t index = shared_->scrub.timeline.load();
  TimelinePlayer* dragged = index < MAX_TIMELINES && !timelines_[index].is_playing() ? &timelines_[index] : nullptr;
  if (dragged_ && dragged_ != dragged) dragged_->be_dragged(false);
  if (dragged && (dragged != dragged_ || dragged->position() != stands_))
    motion_.begin(dragged->position(), shared_->sampleRate);
  dragged_ = dragged;
  for (uint32_t place = 0; place < count_; place++) sources_[place].leaving = true;
  if (!dragged) return;
  dragged->be_dragged(true);
  motion_.follow(shared_->scrub.target.load());
  stands_ = std::max<int64_t>(0, std::llround(motion_.place()));
  dragged->stand_at(stands_, masterFrame);
  if (const Schedule* schedule = dragged->schedule()) gather(*schedule);
}

/// Finds what lies under the playhead; what does not any more goes.
void Scrubber::gather(const Schedule& schedule) noexcept {
  const int64_t position = dragged_->position();
  for (const BusPlan& plan : schedule.plans) {
    const int64_t frame = plan.frame_at(position);
    plan.visit_overlapping(frame, frame + 1, [&](uint32_t index) { hear(plan, plan.voices[index]); });
  }
}

void Scrubber::hear(const BusPlan& plan, const Voice& voice) noexcept {
  if (shared_->mixes[voice.clip].is_off()) return;
  const StretchMapping mapping = voice.mapping();
  Source* source = std::find_if(sources_, sources_ + count_, [&](const Source& known) {
    return known.clip == voice.clip && known.generation == voice.generation &&
           known.run->voice.mapping().file == mapping.file;
  });
  const bool isNew = source == sources_ + count_;
  if (isNew) {
    StretchShape* shape = count_ < MOST && motion_.speed() != 0 ? shape_of(voice) : nullptr;
    StretchRun* run = shape ? work_->pool().take(*shape, 0) : nullptr;
    if (!run) return;
    run->voice.begin_led(mapping, plan.ratio());
    run->heard = false;
    *source = {};
    source->run = run;
    source->clip = voice.clip;
    source->generation = voice.generation;
    count_++;
  }
  source->leaving = false;
  source->gain = shared_->mixes[voice.clip].target();
  // File frames per context frame.
  const double speed = motion_.speed() * plan.ratio() / mapping.ratio;
  source->run->voice.lead(mapping.source(motion_.place() * plan.ratio()), speed);
}

StretchShape* Scrubber::shape_of(const Voice& voice) const noexcept {
  const uint32_t channels = folded_channels(voice.file->channels);
  StretchShape* shape = shared_->stretches.shapes.load();
  while (shape && (shape->channels != channels || shape->sampleRate != voice.file->sampleRate)) shape = shape->next;
  return shape;
}

void Scrubber::render(uint32_t frames, float* left, float* right) noexcept {
  const float audibility = dragged_ ? motion_.audibility() : 0;
  float levels[QUANTUM_FRAMES];
  for (uint32_t frame = 0; frame < frames; frame++) {
    level_ += (audibility - level_) / FOLLOWING;
    levels[frame] = level_;
  }
  if (level_ < 1e-5f && audibility == 0) {
    // Nothing is heard: nothing needs to fade.
    level_ = 0;
    for (uint32_t place = 0; place < count_; place++) sources_[place].level = 0;
    for (uint32_t place = 0; place < count_; place++) sources_[place].leaving = true;
  } else {
    for (uint32_t place = 0; place < count_; place++) {
      if (fill(sources_[place], frames)) mix(sources_[place], frames, levels, left, right);
    }
  }
  drop_silent();
}

/// What goes fades with what it has made and makes nothing more: its file may go, too.
bool Scrubber::fill(Source& source, uint32_t frames) noexcept {
  const int64_t until = source.next + frames;
  const bool ready = source.leaving ? source.run->voice.end() >= until : work_->fill(*source.run, until + COMING);
  if (ready) source.run->heard = true;
  if (source.leaving && !ready) source.level = 0;
  return ready;
}

void Scrubber::mix(Source& source, uint32_t frames, const float* levels, float* left, float* right) noexcept {
  constexpr float step = 1.0f / COMING;
  for (uint32_t done = 0; done < frames;) {
    const float* channels[2];
    const uint32_t count = source.run->voice.read(source.next, frames - done, channels);
    if (count == 0) return;
    const float* other = source.run->shape->channels == 2 ? channels[1] : channels[0];
    for (uint32_t frame = 0; frame < count; frame++) {
      source.level = std::clamp(source.level + (source.leaving ? -step : step), 0.0f, 1.0f);
      const float level = source.level * levels[done + frame];
      left[done + frame] += channels[0][frame] * source.gain.left * level;
      right[done + frame] += other[frame] * source.gain.right * level;
    }
    source.next += count;
    done += count;
  }
}

void Scrubber::drop_silent() noexcept {
  for (uint32_t place = 0; place < count_;) {
    Source& source = sources_[place];
    if (!source.leaving || source.level > 0) {
      place++;
      continue;
    }
    work_->pool().give(source.run);
    source = sources_[--count_];
  }
}

}  // namespace atome
