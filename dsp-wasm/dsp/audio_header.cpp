// Tells the containers apart by their first twelve bytes.
#include "audio_header.h"

#include "aiff_header.h"
#include "audio_header_chunks.h"
#include "wav_header.h"

namespace atome {

AudioHeader parse_audio_header(const uint8_t* bytes, size_t length, uint64_t fileSize) {
  const FileHead head{bytes, std::min<uint64_t>(length, fileSize), fileSize};
  if (fileSize == 0) return header_with(HeaderStatus::EMPTY);
  if (!head.holds(0, 12)) {
    return fileSize < 12 ? header_with(HeaderStatus::UNKNOWN) : need_more(head, 12);
  }
  const bool wave = head.has_id(0, "RIFF") || head.has_id(0, "RF64") || head.has_id(0, "BW64");
  if (wave && head.has_id(8, "WAVE")) return parse_wav_header(head);
  if (head.has_id(0, "FORM") && (head.has_id(8, "AIFF") || head.has_id(8, "AIFC"))) return parse_aiff_header(head);
  return header_with(HeaderStatus::UNKNOWN);
}

}  // namespace atome
