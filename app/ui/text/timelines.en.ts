// The words of the tabs of timelines, in English.

export const timelinesEn = {
  'timelines.title': 'Timelines',
  'timelines.name': 'Timeline {{ number }}',
  'timelines.add': 'Add a timeline',
  'timelines.remove': 'Remove the timeline “{{ name }}”',
  'timelines.rename': 'Name of the timeline',
  'timelines.hint': 'Double click to rename it',
  'timelines.playing': 'playing',
  'timelines.way': 'Way into nested timelines',
  'timelines.next': 'Show the next timeline',
  'timelines.previous': 'Show the previous timeline',
  'timelines.out': 'Go out of the nested timeline',
} as const;
