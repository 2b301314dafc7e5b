// The header of WAV, RF64, BW64 and WAVE_FORMAT_EXTENSIBLE files.
#pragma once
#include "audio_header_chunks.h"

namespace atome {

/// `head` begins with RIFF, RF64 or BW64, a size and WAVE. Sources: Microsoft's "Multiple channel audio data and WAVE
/// files" and EBU Tech 3306.
AudioHeader parse_wav_header(const FileHead& head);

}  // namespace atome
