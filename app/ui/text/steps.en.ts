// Steps of the history that the session names after the property they change, as people would say it.

export const stepsEn: Readonly<Record<string, string>> = {
  'Change clip gain': 'Change clip gain',
  'Change clip pan': 'Change clip pan',
  'Change clip muted': 'Mute or unmute clip',
  'Change clip solo': 'Solo or unsolo clip',
  'Change clip color': 'Change clip colour',
  'Change clip name': 'Rename clip',
  'Change clip fade in': 'Fade in',
  'Change clip fade out': 'Fade out',
  'Change clip stretch ratio': 'Stretch clip',
  'Change clip pitch shift': 'Shift clip’s pitch',
  'Change clip stretch algo': 'Switch the stretcher',
  'Change muted': 'Mute or unmute lane',
  'Change solo': 'Solo or unsolo lane',
  'Change gain': 'Change lane level',
  'Change order': 'Move lane',
  'Change name': 'Rename',
  'Change bpm': 'Say a file’s tempo',
  'Several changes': 'Several changes',
};
