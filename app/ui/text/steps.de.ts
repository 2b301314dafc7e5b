// The names that the session gives to steps of the history, in German.

export const stepsDe: Readonly<Record<string, string>> = {
  'New project': 'Neues Projekt',
  'New timeline': 'Neue Zeitachse',
  'Import file': 'Datei importieren',
  'Add clip': 'Clip hinzufügen',
  'Change clip': 'Clip ändern',
  'Move clip': 'Clip verschieben',
  'Trim clip': 'Clip kürzen',
  'Split clip': 'Clip teilen',
  'Join clips': 'Clips verbinden',
  'Group clips': 'Clips gruppieren',
  'Duplicate clips': 'Clips duplizieren',
  'Remove clips': 'Clips entfernen',
  'New group': 'Neue Spur',
  'Add marker': 'Marke setzen',
  Change: 'Ändern',
  Remove: 'Entfernen',
  'Change tempo': 'Tempo ändern',
  'Change tempo map': 'Tempoverlauf ändern',
  'Set loop': 'Schleife setzen',
  'Build the demo session': 'Demo-Stück anlegen',
};
