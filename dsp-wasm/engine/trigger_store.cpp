// The triggers of every timeline as the control side last gave them.
#include "trigger_store.h"

#include <algorithm>

namespace atome {
namespace {

/// Frames are exact in doubles up to here.
constexpr double MAX_FRAME = 9007199254740992.0;

bool is_frame(double value) {
  return value >= 0 && value <= MAX_FRAME;
}

bool is_sound(const TriggerSpec& spec, uint32_t placeCount) {
  const bool leads = spec.action == uint32_t(TriggerAction::PLAY) || spec.action == uint32_t(TriggerAction::SEEK);
  return is_frame(spec.position) && spec.slot < MAX_TRIGGERS && spec.action <= uint32_t(TriggerAction::SEEK) &&
         spec.timeline < MAX_TIMELINES && spec.firstPlace <= placeCount &&
         spec.places <= placeCount - spec.firstPlace && (!leads || spec.places > 0);
}

bool are_sound(const TriggerSpec* triggers, uint32_t count, const double* places, uint32_t placeCount) {
  for (uint32_t index = 0; index < count; index++) {
    if (!is_sound(triggers[index], placeCount)) return false;
    if (index > 0 && triggers[index].position < triggers[index - 1].position) return false;
  }
  for (uint32_t index = 0; index < placeCount; index++) {
    if (!is_frame(places[index])) return false;
  }
  return true;
}

}  // namespace

TriggerStore::~TriggerStore() {
  for (TriggerTable* table : tables_) destroy(table);
}

EngineStatus TriggerStore::set(uint32_t timeline, const TriggerSpec* triggers, uint32_t count, const double* places,
                               uint32_t placeCount) {
  const bool fits = timeline < MAX_TIMELINES && count <= MAX_TRIGGERS;
  if (!fits || !are_sound(triggers, count, places, placeCount)) return EngineStatus::BAD_ARGUMENT;
  TriggerTable* table = create<TriggerTable>();
  if (!table || !table->triggers.allocate(count) || !table->places.allocate(placeCount)) {
    destroy(table);
    return EngineStatus::NO_MEMORY;
  }
  for (uint32_t index = 0; index < count; index++) {
    const TriggerSpec& spec = triggers[index];
    table->triggers[index] = {.position = int64_t(spec.position),
                              .seed = uint64_t(spec.seed),
                              .slot = spec.slot,
                              .generation = spec.generation,
                              .action = TriggerAction(spec.action),
                              .timeline = spec.timeline,
                              .times = spec.times,
                              .firstPlace = spec.firstPlace,
                              .places = spec.places};
  }
  for (uint32_t index = 0; index < placeCount; index++) table->places[index] = int64_t(places[index]);
  destroy(tables_[timeline]);
  tables_[timeline] = table;
  return EngineStatus::OK;
}

bool TriggerStore::copy(uint32_t timeline, TriggerTable& table) const {
  const TriggerTable* given = tables_[timeline];
  if (!given) return true;
  if (!table.triggers.allocate(given->triggers.size()) || !table.places.allocate(given->places.size())) return false;
  std::copy(given->triggers.begin(), given->triggers.end(), table.triggers.begin());
  std::copy(given->places.begin(), given->places.end(), table.places.begin());
  return true;
}

}  // namespace atome
