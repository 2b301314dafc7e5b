// The header of AIFF and AIFF-C files.
#pragma once
#include "audio_header_chunks.h"

namespace atome {

/// `head` begins with FORM, a size and AIFF or AIFC. Source: Apple's "Audio Interchange File Format AIFF-C", 1991.
AudioHeader parse_aiff_header(const FileHead& head);

}  // namespace atome
