// Decides which pages are wanted, makes room for them and publishes those that arrive.
#include "pager.h"

#include <algorithm>

#include "../dsp/pcm.h"
#include "shared_value.h"

namespace atome {
namespace {

/// What one quantum may read beyond its own frames: a further quantum in play and the frames of a declick.
constexpr int64_t NOW_FRAMES = 2 * QUANTUM_FRAMES + DECLICK_FRAMES;
/// Context frames around a playhead in which the heads of clips are kept.
constexpr int64_t NEAR_FRAMES = 30 * PAGE_FRAMES;
/// Context frames between a dragged playhead and the hand that are kept at most.
constexpr int64_t DRAGGED_FRAMES = 4 * PAGE_FRAMES;
constexpr uint32_t URGENCY_NOW = 0;
constexpr uint32_t URGENCY_HEADS = 4;

PathOrigin origin_of(const TimelineView& view, uint32_t timeline, const Schedule* schedule, const LoopView& loop) {
  return {.timeline = timeline,
          .schedule = schedule,
          .position = view.position.load(std::memory_order_relaxed),
          .loopStart = loop.start.load(std::memory_order_relaxed),
          .loopEnd = loop.end.load(std::memory_order_relaxed),
          .ahead = 0,
          .firings = nullptr,
          .start = view.starts.load(std::memory_order_relaxed)};
}

bool is_same(const LoopView& one, const LoopView& other) {
  return one.start.load(std::memory_order_relaxed) == other.start.load(std::memory_order_relaxed) &&
         one.end.load(std::memory_order_relaxed) == other.end.load(std::memory_order_relaxed);
}

}  // namespace

uint32_t Pager::plan(PageRequest* requests, uint32_t max) noexcept {
  shared_->epochs.disk.enter();
  bump(shared_->counters.pagesResident, 0u - shared_->pool.collect());
  plan_++;
  wantedBlocks_ = missingBlocks_ = count_ = 0;
  begin_paths();
  want_dragged({URGENCY_NOW, true});
  want_paths(NOW_FRAMES, {URGENCY_NOW, true}, Reach::Primed);
  for (uint32_t page = 0; page < ESSENTIAL_AHEAD; page++) {
    want_paths(int64_t(page + 1) * PAGE_FRAMES, {1 + page, true}, Reach::Parked);
  }
  want_heads({URGENCY_HEADS, false});
  for (uint32_t page = ESSENTIAL_AHEAD; page < MAX_AHEAD; page++) {
    want_paths(int64_t(page + 1) * PAGE_FRAMES, {URGENCY_HEADS + page, false}, Reach::Playing);
  }

  uint32_t listed = 0;
  uint32_t blocks = 0;
  for (; listed < std::min(count_, max); listed++) {
    requests[listed] = candidates_[listed];
    if (const FileTable* file = shared_->files[requests[listed].file].load()) blocks += file->channels;
  }
  make_room(blocks);
  tell_missing();
  shared_->epochs.disk.leave();
  return listed;
}

/// Of every playhead: with what it plays and with what it will play; of every primed position and parked playhead.
void Pager::begin_paths() noexcept {
  pathCount_ = 0;
  for (uint32_t index = 0; index < MAX_TIMELINES; index++) {
    const TimelineView& view = shared_->timelines[index];
    const Schedule* latest = view.latest.load();
    const Schedule* playing = view.playing.load();
    PathOrigin origin = origin_of(view, index, latest, view.nextLoop);
    const bool plays = view.isPlaying.load(std::memory_order_relaxed);
    if (plays) {
      origin.firings = &shared_->firings;
      begin_path(origin, Reach::Playing);
      if (playing != latest || !is_same(view.loop, view.nextLoop)) {
        PathOrigin current = origin_of(view, index, playing, view.loop);
        current.firings = &shared_->firings;
        begin_path(current, Reach::Playing);
      }
    }
    if (view.isPrimed.load()) {
      PathOrigin primed = origin_of(view, index, latest, view.nextLoop);
      primed.position = view.primedPosition.load();
      begin_path(primed, Reach::Primed);
    }
    if (!plays) begin_path(origin, Reach::Parked);
  }
}

void Pager::begin_path(const PathOrigin& origin, Reach reach) noexcept {
  if (!origin.schedule || pathCount_ == MAX_PATHS) return;
  paths_[pathCount_].reach = reach;
  paths_[pathCount_++].path.begin(origin);
}

/// Follows every path that reaches so far until `until` frames from now.
void Pager::want_paths(int64_t until, Want want, Reach reach) noexcept {
  // Those that a trigger begins on the way are appended and followed as well.
  for (uint32_t index = 0; index < pathCount_; index++) {
    FollowedPath& followed = paths_[index];
    if (followed.reach > reach) continue;
    const Want own = {want.urgency, want.essential && followed.reach != Reach::Parked};
    followed.path.follow(
        until, [&](int64_t from, int64_t to) { want_range(followed.path.schedule(), from, to + DECLICK_FRAMES, own); },
        [&](const Trigger& trigger, int64_t place, int64_t ahead) {
          const TimelineView& view = shared_->timelines[trigger.timeline];
          PathOrigin led = origin_of(view, trigger.timeline, view.latest.load(), view.nextLoop);
          led.position = place;
          led.ahead = ahead;
          if (trigger.action == TriggerAction::SEEK) led.firings = &shared_->firings;
          begin_path(led, followed.reach);
        });
  }
}

/// Around a playhead that is dragged, and on its way to where the hand is.
void Pager::want_dragged(Want want) noexcept {
  const uint32_t timeline = shared_->scrub.timeline.load();
  if (timeline >= MAX_TIMELINES) return;
  const TimelineView& view = shared_->timelines[timeline];
  const int64_t target = shared_->scrub.target.load();
  const int64_t position =
      std::clamp(view.position.load(std::memory_order_relaxed), target - DRAGGED_FRAMES, target + DRAGGED_FRAMES);
  const int64_t from = std::min(position, target) - DRAGGED_FRAMES / 4;
  want_range(view.latest.load(), std::max<int64_t>(0, from), std::max(position, target) + DRAGGED_FRAMES / 4, want);
}

/// Where a loop begins and where clips near a playhead begin, so that jumping there is instant.
void Pager::want_heads(Want want) noexcept {
  for (uint32_t index = 0; index < MAX_TIMELINES; index++) {
    const TimelineView& view = shared_->timelines[index];
    const Schedule* schedule = view.latest.load();
    if (!schedule) continue;
    const PathOrigin path = origin_of(view, index, schedule, view.nextLoop);
    if (path.loopEnd > path.loopStart) {
      want_range(schedule, path.loopStart, path.loopStart + PAGE_FRAMES / 2, want);
    }
    for (const BusPlan& plan : schedule->plans) {
      const uint32_t first = plan.first_from(plan.frame_at(std::max<int64_t>(0, path.position - NEAR_FRAMES)));
      const int64_t to = plan.frame_at(path.position + NEAR_FRAMES);
      for (uint32_t voice = first; voice < plan.voices.size() && plan.voices[voice].start < to; voice++) {
        const Voice& head = plan.voices[voice];
        const int64_t until = head.start + PAGE_FRAMES / 4;
        head.visit_pages(head.start, until, [&](uint32_t page) {
          want_page(*head.file, page, want);
          return true;
        });
      }
    }
  }
}

/// Timeline frames, widened by what the resamplers read around them.
void Pager::want_range(const Schedule* schedule, int64_t from, int64_t to, Want want) noexcept {
  if (!schedule) return;
  for (const BusPlan& plan : schedule->plans) {
    const int64_t busFrom = plan.frame_at(from) - plan.half();
    const int64_t busTo = plan.frame_at(to) + plan.half() + 1;
    plan.visit_overlapping(busFrom, busTo, [&](uint32_t index) {
      const Voice& voice = plan.voices[index];
      voice.visit_pages(busFrom, busTo, [&](uint32_t page) {
        want_page(*voice.file, page, want);
        return true;
      });
    });
  }
}

void Pager::want_page(FileTable& file, uint32_t page, Want want) noexcept {
  // A file that left its slot plays on with the pages it has.
  if (shared_->files[file.slot].load() != &file) return;
  float* samples = file.page(page, 0);
  PageBlock* block = samples ? PageBlock::of(samples) : nullptr;
  if (block ? block->wantedBy == plan_ : is_listed(file, page)) return;
  // Pages are wanted in the order of their urgency: those beyond the pool's size make room for the ones before.
  if (wantedBlocks_ + file.channels > shared_->pool.total()) {
    if (want.essential) missingBlocks_ += file.channels;
    return;
  }
  if (block) {
    block->wantedBy = plan_;
    wantedBlocks_ += file.channels;
    return shared_->pool.use(block);
  }
  if (count_ == MAX_CANDIDATES) return;
  wantedBlocks_ += file.channels;
  candidates_[count_++] = {file.slot, page, want.urgency};
}

bool Pager::is_listed(const FileTable& file, uint32_t page) const noexcept {
  for (uint32_t index = count_; index > 0; index--) {
    const PageRequest& candidate = candidates_[index - 1];
    if (candidate.file == file.slot && candidate.page == page) return true;
  }
  return false;
}

/// Counts each missing block once, until the pool has grown.
void Pager::tell_missing() noexcept {
  if (toldTotal_ != shared_->pool.total()) toldBlocks_ = 0;
  toldTotal_ = shared_->pool.total();
  if (missingBlocks_ <= toldBlocks_) return;
  bump(shared_->counters.pagesWanted, missingBlocks_ - toldBlocks_);
  toldBlocks_ = missingBlocks_;
}

/// Evicts pages that this plan does not want, longest unused first, until `blocks` are or will be free.
void Pager::make_room(uint32_t blocks) noexcept {
  while (shared_->pool.available() < blocks) {
    PageBlock* block = shared_->pool.least_used();
    if (!block || block->wantedBy == plan_) return;
    evict(block);
  }
}

/// The pages of a file that left its slot stay: the control thread gives those back.
void Pager::evict(PageBlock* block) noexcept {
  shared_->pool.forget(block);
  FileTable* file = shared_->files[block->file].load();
  if (!file || file->generation != block->generation) return;
  const uint32_t page = block->page;
  float* samples[MAX_CHANNELS];
  for (uint32_t channel = 0; channel < file->channels; channel++) {
    samples[channel] = file->page(page, channel);
    file->set_page(page, channel, nullptr);
  }
  const uint32_t epoch = shared_->epochs.audio.now();
  for (uint32_t channel = 0; channel < file->channels; channel++) {
    shared_->pool.evict(PageBlock::of(samples[channel]), epoch);
  }
  bump(shared_->counters.pagesEvicted, file->channels);
  bump(shared_->counters.pagesResident, 0u - file->channels);
}

EngineStatus Pager::fill(uint32_t slot, uint32_t page, const uint8_t* bytes, SampleFormat format,
                         uint32_t frames) noexcept {
  if (slot >= MAX_FILES || frames > PAGE_FRAMES) return EngineStatus::BAD_ARGUMENT;
  shared_->epochs.disk.enter();
  const EngineStatus status = fill_table(shared_->files[slot].load(), page, bytes, format, frames);
  shared_->epochs.disk.leave();
  return status;
}

EngineStatus Pager::fill_table(FileTable* file, uint32_t page, const uint8_t* bytes, SampleFormat format,
                               uint32_t frames) noexcept {
  if (!file) return EngineStatus::NO_SUCH_THING;
  if (page >= file->pageCount) return EngineStatus::BAD_ARGUMENT;
  if (file->is_resident(page)) return EngineStatus::OK;
  PageBlock* blocks[MAX_CHANNELS];
  float* channels[MAX_CHANNELS];
  for (uint32_t channel = 0; channel < file->channels; channel++) {
    blocks[channel] = shared_->pool.acquire(shared_->epochs.audio);
    if (!blocks[channel]) {
      while (channel > 0) shared_->pool.release(blocks[--channel]);
      return EngineStatus::NOT_READY;
    }
    channels[channel] = blocks[channel]->samples();
    std::fill(channels[channel] + frames, channels[channel] + PAGE_FRAMES, 0.0f);
  }
  bump(shared_->counters.nonFinite, convert_to_planar(bytes, format, file->channels, frames, channels));
  PageBlock* first = blocks[0];
  first->file = file->slot;
  first->generation = file->generation;
  first->page = page;
  first->wantedBy = plan_;
  shared_->pool.use(first);
  for (uint32_t channel = file->channels; channel > 0; channel--) {
    file->set_page(page, channel - 1, channels[channel - 1]);
  }
  bump(shared_->counters.pagesFilled, file->channels);
  bump(shared_->counters.pagesResident, file->channels);
  return EngineStatus::OK;
}

}  // namespace atome
