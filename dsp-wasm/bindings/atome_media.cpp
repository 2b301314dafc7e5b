// The media part of the C ABI: headers, peaks, hashes and sample conversion.
#include <new>

#include "../dsp/audio_header.h"
#include "../dsp/pcm.h"
#include "../dsp/peaks.h"
#include "../dsp/sha256.h"
#include "atome_audio.h"

using namespace atome;

namespace {

template <typename Type>
Type* pointer(uint32_t address) {
  return reinterpret_cast<Type*>(static_cast<uintptr_t>(address));
}

}  // namespace

ATOME_EXPORT(atome_media_parse_header)
int32_t atome_media_parse_header(uint32_t bytes, uint32_t length, double fileSize, uint32_t header) {
  auto* result = pointer<AudioHeader>(header);
  *result = parse_audio_header(pointer<const uint8_t>(bytes), length, static_cast<uint64_t>(fileSize));
  return result->status;
}

ATOME_EXPORT(atome_peaks_create)
uint32_t atome_peaks_create(uint32_t channels) {
  return static_cast<uint32_t>(reinterpret_cast<uintptr_t>(PeakPyramid::create(channels).release()));
}

ATOME_EXPORT(atome_peaks_add)
uint32_t atome_peaks_add(uint32_t peaks, uint32_t bytes, uint32_t format, uint32_t frames) {
  return pointer<PeakPyramid>(peaks)->add(pointer<const uint8_t>(bytes), static_cast<SampleFormat>(format), frames);
}

ATOME_EXPORT(atome_peaks_bins)
uint32_t atome_peaks_bins(uint32_t peaks) {
  return static_cast<uint32_t>(pointer<PeakPyramid>(peaks)->bins());
}

ATOME_EXPORT(atome_peaks_finish)
int32_t atome_peaks_finish(uint32_t peaks) {
  return static_cast<int32_t>(pointer<PeakPyramid>(peaks)->finish() ? EngineStatus::OK : EngineStatus::NO_MEMORY);
}

ATOME_EXPORT(atome_peaks_bytes)
double atome_peaks_bytes(uint32_t peaks) {
  return static_cast<double>(pointer<PeakPyramid>(peaks)->bytes());
}

ATOME_EXPORT(atome_peaks_read)
void atome_peaks_read(uint32_t peaks, double at, uint32_t length, uint32_t out) {
  pointer<PeakPyramid>(peaks)->read(static_cast<uint64_t>(at), length, pointer<uint8_t>(out));
}

ATOME_EXPORT(atome_peaks_validate)
int32_t atome_peaks_validate(uint32_t bytes, uint32_t length, double fileSize) {
  const bool sound = validate_peaks(pointer<const uint8_t>(bytes), length, static_cast<uint64_t>(fileSize));
  return static_cast<int32_t>(sound ? EngineStatus::OK : EngineStatus::BAD_ARGUMENT);
}

ATOME_EXPORT(atome_peaks_destroy)
void atome_peaks_destroy(uint32_t peaks) {
  delete pointer<PeakPyramid>(peaks);
}

ATOME_EXPORT(atome_sha256_create)
uint32_t atome_sha256_create() {
  return static_cast<uint32_t>(reinterpret_cast<uintptr_t>(new (std::nothrow) Sha256()));
}

ATOME_EXPORT(atome_sha256_add)
void atome_sha256_add(uint32_t hash, uint32_t bytes, uint32_t length) {
  pointer<Sha256>(hash)->add(pointer<const uint8_t>(bytes), length);
}

ATOME_EXPORT(atome_sha256_finish)
void atome_sha256_finish(uint32_t hash, uint32_t digest) {
  pointer<Sha256>(hash)->finish(pointer<uint8_t>(digest));
}

ATOME_EXPORT(atome_sha256_destroy)
void atome_sha256_destroy(uint32_t hash) {
  delete pointer<Sha256>(hash);
}

ATOME_EXPORT(atome_media_to_float)
uint32_t atome_media_to_float(uint32_t bytes, uint32_t format, uint32_t samples, uint32_t out) {
  return convert_to_float(pointer<const uint8_t>(bytes), static_cast<SampleFormat>(format), samples,
                          pointer<float>(out));
}

ATOME_EXPORT(atome_media_from_float)
int32_t atome_media_from_float(uint32_t floats, uint32_t format, uint32_t samples, uint32_t out) {
  const bool known = convert_from_float(pointer<const float>(floats), static_cast<SampleFormat>(format), samples,
                                        pointer<uint8_t>(out));
  return static_cast<int32_t>(known ? EngineStatus::OK : EngineStatus::BAD_ARGUMENT);
}
