// Turns the control side's clips and triggers into the schedule of one timeline.
#include "schedule_builder.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace atome {
namespace {

/// Clips of one timeline with their files, sorted by rate (the target's own first), start and slot.
struct Candidate {
  const ClipEntry* clip;
  FileTable* file;
  int64_t start;
};

Voice voice_of(const Candidate& candidate) {
  const ClipSpec& spec = candidate.clip->spec;
  const auto sourceStart = int64_t(spec.sourceStart);
  const int64_t available = std::max<int64_t>(0, candidate.file->frames - sourceStart);
  const int64_t frames = std::min(int64_t(spec.sourceFrames), available);
  return {.start = candidate.start,
          .end = candidate.start + frames,
          .sourceStart = sourceStart,
          .file = candidate.file,
          .fadeIn = float(spec.fadeInFrames),
          .fadeOut = float(spec.fadeOutFrames),
          .cutBefore = float(spec.cutBeforeFrames),
          .cutAfter = float(spec.cutAfterFrames),
          .cutFadeIn = float(spec.cutFadeInFrames),
          .cutFadeOut = float(spec.cutFadeOutFrames),
          .clip = spec.clip,
          .generation = candidate.clip->generation};
}

/// False when there is no memory.
bool fill_plan(BusPlan& plan, const Candidate* candidates, uint32_t count) {
  const uint32_t groups = (count + BusPlan::VOICE_GROUP - 1) / BusPlan::VOICE_GROUP;
  if (!plan.voices.allocate(count) || !plan.groupEnds.allocate(groups)) return false;
  for (uint32_t index = 0; index < count; index++) {
    const Voice voice = voice_of(candidates[index]);
    plan.voices[index] = voice;
    int64_t& end = plan.groupEnds[index / BusPlan::VOICE_GROUP];
    end = index % BusPlan::VOICE_GROUP == 0 ? voice.end : std::max(end, voice.end);
  }
  return true;
}

}  // namespace

ResamplerStore::~ResamplerStore() {
  for (ResamplerTable* table : tables_) destroy(table);
}

const ResamplerTable* ResamplerStore::find(uint32_t sourceRate, bool& found) {
  found = true;
  if (sourceRate == targetRate_) return nullptr;
  for (uint32_t index = 0; index < count_; index++) {
    if (tables_[index]->source_rate() == sourceRate) return tables_[index];
  }
  ResamplerTable* table = count_ < MAX_RATES ? create<ResamplerTable>() : nullptr;
  found = table && table->prepare(sourceRate, targetRate_);
  if (!found) {
    destroy(table);
    return nullptr;
  }
  tables_[count_++] = table;
  return table;
}

Schedule* build_schedule(uint32_t timeline, const Array<ClipEntry>& clips, const TriggerStore& triggers,
                         FileStore& files, ResamplerStore& resamplers) {
  uint32_t count = 0;
  for (const ClipEntry& clip : clips) count += clip.present && clip.spec.timeline == timeline;
  Array<Candidate> candidates;
  Schedule* schedule = create<Schedule>();
  if (!schedule || !candidates.allocate(count) || !triggers.copy(timeline, schedule->triggers)) {
    destroy(schedule);
    return nullptr;
  }
  schedule->timeline = timeline;
  count = 0;
  for (const ClipEntry& clip : clips) {
    if (!clip.present || clip.spec.timeline != timeline) continue;
    FileTable* file = files.find(clip.spec.file);
    if (!file) continue;
    candidates[count++] = {&clip, file, std::llround(clip.spec.startSeconds * file->sampleRate)};
  }
  const uint32_t targetRate = resamplers.target_rate();
  const auto order = [targetRate](const Candidate& candidate) {
    const uint32_t rate = candidate.file->sampleRate;
    return std::tuple(rate == targetRate ? 0 : rate, candidate.start, candidate.clip->spec.clip);
  };
  std::sort(candidates.begin(), candidates.begin() + count,
            [&order](const Candidate& a, const Candidate& b) { return order(a) < order(b); });
  uint32_t buses = 0;
  for (uint32_t index = 0; index < count; index++) {
    buses += index == 0 || candidates[index].file->sampleRate != candidates[index - 1].file->sampleRate;
  }
  bool sound = schedule->plans.allocate(buses) && schedule->players.allocate(buses);
  for (uint32_t bus = 0, first = 0; sound && bus < buses; bus++) {
    uint32_t last = first;
    const uint32_t rate = candidates[first].file->sampleRate;
    while (last < count && candidates[last].file->sampleRate == rate) last++;
    BusPlan& plan = schedule->plans[bus];
    plan.table = resamplers.find(rate, sound);
    sound = sound && fill_plan(plan, candidates.data() + first, last - first) && schedule->players[bus].prepare(plan);
    first = last;
  }
  if (!sound) {
    destroy(schedule);
    return nullptr;
  }
  for (uint32_t index = 0; index < count; index++) files.reference(candidates[index].file);
  return schedule;
}

void free_schedule(Schedule* schedule, FileStore& files) {
  for (const BusPlan& plan : schedule->plans) {
    for (const Voice& voice : plan.voices) files.unreference(voice.file);
  }
  destroy(schedule);
}

}  // namespace atome
