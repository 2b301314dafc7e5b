// The names that the session gives to steps of the history, in French.

export const stepsFr: Readonly<Record<string, string>> = {
  'New project': 'Nouveau projet',
  'New timeline': 'Nouvelle ligne de temps',
  'Import file': 'Importer un fichier',
  'Add clip': 'Ajouter un clip',
  'Change clip': 'Modifier un clip',
  'Move clip': 'Déplacer un clip',
  'Trim clip': 'Rogner un clip',
  'Split clip': 'Couper un clip',
  'Join clips': 'Joindre des clips',
  'Group clips': 'Grouper des clips',
  'Duplicate clips': 'Dupliquer des clips',
  'Remove clips': 'Retirer des clips',
  'New group': 'Nouvelle piste',
  'Add marker': 'Ajouter un repère',
  Change: 'Modifier',
  Remove: 'Retirer',
  'Change tempo': 'Modifier le tempo',
  'Change tempo map': 'Modifier le plan de tempo',
  'Set loop': 'Définir la boucle',
  'Build the demo session': 'Créer la démonstration',
};
