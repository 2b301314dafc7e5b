// Resamplers by source rate, shared by all schedules.
#include "resampler_store.h"

namespace atome {

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

}  // namespace atome
