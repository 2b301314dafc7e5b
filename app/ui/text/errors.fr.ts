// The sentences of the error catalogue, in French.
import type { ErrorName } from '../../protocol/errors.ts';

export const errorsFr: Readonly<Record<ErrorName, string>> = {
  ERR_DISK_FULL: 'Il n’y a plus de place dans le stockage du navigateur. Libérez de l’espace et réessayez.',
  ERR_DISK_CRITICAL:
    'Le disque n’a pas suivi et une partie de l’enregistrement manque. Libérez le disque et enregistrez à nouveau.',
  ERR_STORAGE_UNAVAILABLE:
    'Ce navigateur n’autorise pas la page à stocker des fichiers. Quittez la navigation privée ou autorisez le stockage pour ce site.',
  ERR_STORAGE_WRITE: 'Un fichier n’a pas pu être écrit. Rien de ce qui était enregistré n’a changé. Réessayez.',
  ERR_STORAGE_READ: 'Un fichier enregistré n’a pas pu être lu. Rechargez la page et réessayez.',
  ERR_NOT_ISOLATED:
    'Le navigateur n’a pas isolé la page : le moteur simple est utilisé. Rechargez la page pour réessayer.',
  ERR_OTHER_TAB: 'Atome Flow est ouvert dans un autre onglet. Utilisez-le là-bas, ou continuez ici.',
  ERR_WORKER: 'Une partie du programme s’est arrêtée. Rechargez la page ; tout ce qui est enregistré est encore là.',
  ERR_PROJECT_LOST:
    'Le navigateur avait perdu le projet. Il est récupéré depuis son journal : laissez cette page ouverte jusqu’à ce que les timelines soient là.',
  ERR_JOURNAL_DAMAGED:
    'Le navigateur avait perdu le projet, et certaines modifications n’ont pas pu être retrouvées. Parcourez les timelines et exportez le projet.',
  ERR_NEWER_PROGRAM:
    'Une version plus récente du programme a enregistré ce projet ; celle-ci n’y touche donc pas. Fermez les autres onglets de la page et rechargez-la pour obtenir cette version.',
  ERR_DATABASE_BROKEN:
    'Le navigateur ne peut ni ouvrir sa base de données pour cette page, ni la refaire. Fermez toutes ses fenêtres, relancez-le et rechargez. N’effacez pas les données de ce site : tout ce que vous avez fait s’y trouve.',
  ERR_AUDIO_DROPOUT: 'Le son a été interrompu, l’ordinateur étant trop occupé. Fermez d’autres programmes et onglets.',
  ERR_ENGINE_START: 'Le moteur audio n’a pas démarré. Rechargez la page pour réessayer.',
  ERR_AUDIO_SUSPENDED: 'Le navigateur a suspendu le son. Cliquez n’importe où pour continuer.',
  ERR_DEVICE_LOST: 'Le périphérique audio a disparu. Rebranchez-le ou choisissez-en un autre.',
  ERR_STARVED: 'Le disque a été trop lent un instant et un court passage est resté muet. Lisez-le à nouveau.',
  ERR_ENGINE_LIMIT:
    'Il y a plus de clips ou de lignes de temps que le moteur ne peut en contenir. Supprimez-en pour entendre le reste.',
  ERR_RENDER: 'Le mixage n’a pas pu être calculé. Vérifiez la plage, fermez d’autres onglets et réessayez.',
  ERR_SOUND_ELSEWHERE:
    'Le son vient d’un autre onglet, où le navigateur attend un clic. Cliquez une fois dans cet onglet, ou continuez ici.',
  ERR_PLUGIN_CRASH: 'Un plugin s’est arrêté et il est contourné. Il redémarre de lui-même.',
  ERR_PLUGIN_TIMEOUT: 'Un plugin ne répond pas et il est contourné. Il redémarre de lui-même.',
  ERR_BAD_COMMAND: 'La commande n’est pas valide.',
  ERR_UNKNOWN_COMMAND: 'Cette commande n’existe pas.',
  ERR_NOT_FOUND: 'Ce que vise la commande n’existe pas.',
  ERR_REFUSED: 'La commande ne convient pas à ce qui est là.',
  ERR_NOTHING_TO_UNDO: 'Il n’y a rien à annuler.',
  ERR_NOTHING_TO_REDO: 'Il n’y a rien à rétablir.',
  ERR_CYCLE: 'Cela tournerait en rond.',
  ERR_NOT_PERMITTED: 'Vous n’avez pas le droit de modifier ceci. Demandez le droit d’édition à son propriétaire.',
  ERR_NOT_CAPTURING: 'Rien n’est enregistré ni capté ici : il n’y a rien à en tirer.',
  ERR_SCRIPT: 'Le script a échoué. Rien de ce qu’il a fait n’a été gardé.',
  ERR_SCRIPT_TIME:
    'Le script a pris trop de temps et a été arrêté. Rien de ce qu’il a fait n’a été gardé ; faites-lui faire moins.',
  ERR_SCRIPT_MEMORY:
    'Le script a demandé trop de mémoire et a été arrêté. Rien de ce qu’il a fait n’a été gardé ; faites-lui faire moins.',
  ERR_SCRIPT_SYNTAX: 'Tel qu’il est écrit, le script ne peut pas être exécuté. Corrigez-le à l’endroit indiqué.',
  ERR_FILE_NOT_AUDIO: 'Ce n’est pas un fichier son que le navigateur peut lire.',
  ERR_FILE_EMPTY: 'Le fichier ne contient aucun son.',
  ERR_FILE_DAMAGED: 'Le fichier est endommagé et illisible.',
  ERR_FILE_CHANNELS: 'Le fichier a un nombre de canaux non pris en charge (de 1 à 32).',
  ERR_FILE_FORMAT: 'Le fichier utilise un format ou une fréquence non pris en charge.',
  ERR_FILE_VANISHED: 'Le fichier a été déplacé, modifié ou supprimé pendant la lecture. Déposez-le à nouveau.',
  ERR_IMPORT_CANCELLED: 'L’importation a été annulée. Rien n’en a été enregistré.',
  ERR_EXPORT: 'L’export n’a pas pu être écrit. Rechargez la page et exportez à nouveau.',
  ERR_PROJECT_FILE:
    'Ce n’est pas un fichier de projet que l’on peut ouvrir ici. Rien n’a été modifié. Exportez de nouveau le projet et essayez ce fichier.',
  ERR_MEDIA_FORMAT: 'Le navigateur ne peut pas montrer cette vidéo ou image. Convertissez-la en MP4 ou WebM.',
  ERR_EXPORT_CANCELLED: 'L’export a été annulé.',
  ERR_ANALYSIS_CANCELLED: 'La recherche des attaques a été annulée. Elle peut recommencer à tout moment.',
};
