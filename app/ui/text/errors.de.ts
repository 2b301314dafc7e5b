// The sentences of the error catalogue, in German.
import type { ErrorName } from '../../protocol/errors.ts';

export const errorsDe: Readonly<Record<ErrorName, string>> = {
  ERR_DISK_FULL: 'Im Speicher des Browsers ist kein Platz mehr. Schaffe Platz und versuche es noch einmal.',
  ERR_DISK_CRITICAL:
    'Die Festplatte kam nicht nach, ein Teil der Aufnahme fehlt. Entlaste sie und nimm noch einmal auf.',
  ERR_STORAGE_UNAVAILABLE:
    'Dieser Browser lässt die Seite keine Dateien speichern. Verlasse den privaten Modus oder erlaube Speicher für diese Seite.',
  ERR_STORAGE_WRITE:
    'Eine Datei ließ sich nicht schreiben. Nichts bisher Gespeichertes hat sich geändert. Versuche es noch einmal.',
  ERR_STORAGE_READ: 'Eine gespeicherte Datei ließ sich nicht lesen. Lade die Seite neu und versuche es noch einmal.',
  ERR_NOT_ISOLATED:
    'Der Browser hat die Seite nicht isoliert, darum läuft die einfachere Engine. Lade die Seite neu, um es noch einmal zu versuchen.',
  ERR_OTHER_TAB: 'Atome Flow ist in einem anderen Tab offen. Nutze es dort, oder übernimm hier.',
  ERR_WORKER: 'Ein Teil des Programms hat angehalten. Lade die Seite neu; alles Gesicherte ist noch da.',
  ERR_PROJECT_LOST:
    'Der Browser hatte das Projekt verloren. Es wird aus seinem Journal zurückgeholt: Lass diese Seite offen, bis die Timelines da sind.',
  ERR_JOURNAL_DAMAGED:
    'Der Browser hatte das Projekt verloren, und einige Änderungen ließen sich nicht zurückholen. Sieh die Timelines durch und exportiere das Projekt.',
  ERR_NEWER_PROGRAM:
    'Eine neuere Version des Programms hat dieses Projekt gespeichert, darum rührt diese es nicht an. Schließe die anderen Tabs der Seite und lade sie neu, um jene Version zu bekommen.',
  ERR_DATABASE_BROKEN:
    'Der Browser kann seine Datenbank für diese Seite nicht öffnen und auch nicht neu anlegen. Schließe alle Fenster des Browsers, starte ihn wieder und lade neu. Lösche die Daten dieser Seite nicht: Darin ist alles, was du gemacht hast.',
  ERR_AUDIO_DROPOUT: 'Der Ton setzte aus, weil der Rechner zu beschäftigt war. Schließe andere Programme und Tabs.',
  ERR_ENGINE_START: 'Die Engine ist nicht gestartet. Lade die Seite neu, um es noch einmal zu versuchen.',
  ERR_AUDIO_SUSPENDED: 'Der Browser hat den Ton angehalten. Klicke irgendwo, um weiterzumachen.',
  ERR_DEVICE_LOST: 'Das Audiogerät ist weg. Schließe es wieder an oder wähle ein anderes.',
  ERR_STARVED:
    'Die Festplatte war einen Augenblick zu langsam, ein kurzes Stück blieb still. Spiele es noch einmal ab.',
  ERR_ENGINE_LIMIT:
    'Es gibt mehr Clips oder Zeitachsen, als die Engine fasst. Entferne einige, um die übrigen zu hören.',
  ERR_RENDER: 'Der Mix ließ sich nicht berechnen. Prüfe den Bereich, schließe andere Tabs und versuche es noch einmal.',
  ERR_SOUND_ELSEWHERE:
    'Der Ton kommt aus einem anderen Tab, und dort wartet der Browser auf einen Klick. Klicke einmal in jenen Tab, oder übernimm hier.',
  ERR_PLUGIN_CRASH: 'Ein Plugin ist abgestürzt und wird umgangen. Es startet von selbst neu.',
  ERR_PLUGIN_TIMEOUT: 'Ein Plugin antwortet nicht und wird umgangen. Es startet von selbst neu.',
  ERR_BAD_COMMAND: 'Der Befehl ist ungültig.',
  ERR_UNKNOWN_COMMAND: 'Diesen Befehl gibt es nicht.',
  ERR_NOT_FOUND: 'Was der Befehl meint, gibt es nicht.',
  ERR_REFUSED: 'Der Befehl passt nicht zu dem, was da ist.',
  ERR_NOTHING_TO_UNDO: 'Es gibt nichts rückgängig zu machen.',
  ERR_NOTHING_TO_REDO: 'Es gibt nichts zu wiederholen.',
  ERR_CYCLE: 'Das würde im Kreis laufen.',
  ERR_NOT_PERMITTED: 'Du darfst das nicht ändern. Bitte den Besitzer um das Recht zum Bearbeiten.',
  ERR_NOT_CAPTURING: 'Hier wird nichts aufgenommen oder mitgeschnitten, darum gibt es nichts daraus zu holen.',
  ERR_SCRIPT: 'Das Skript ist gescheitert. Nichts davon wurde behalten.',
  ERR_SCRIPT_TIME: 'Das Skript brauchte zu lange und wurde beendet. Nichts davon wurde behalten; lass es weniger tun.',
  ERR_SCRIPT_MEMORY:
    'Das Skript brauchte zu viel Speicher und wurde beendet. Nichts davon wurde behalten; lass es weniger tun.',
  ERR_SCRIPT_SYNTAX: 'So wie es geschrieben ist, kann das Skript nicht laufen. Verbessere es an der genannten Stelle.',
  ERR_FILE_NOT_AUDIO: 'Das ist keine Klangdatei, die der Browser lesen kann.',
  ERR_FILE_EMPTY: 'Die Datei enthält keinen Ton.',
  ERR_FILE_DAMAGED: 'Die Datei ist beschädigt und nicht lesbar.',
  ERR_FILE_CHANNELS: 'Die Datei hat eine Kanalzahl, die nicht unterstützt wird (1 bis 32 werden es).',
  ERR_FILE_FORMAT: 'Die Datei nutzt ein Sampleformat oder eine Abtastrate, die nicht unterstützt wird.',
  ERR_FILE_VANISHED: 'Die Datei wurde beim Lesen verschoben, geändert oder gelöscht. Lass sie noch einmal hier fallen.',
  ERR_IMPORT_CANCELLED: 'Der Import wurde abgebrochen. Nichts davon wurde gespeichert.',
  ERR_EXPORT: 'Der Export ließ sich nicht schreiben. Lade die Seite neu und exportiere noch einmal.',
  ERR_PROJECT_FILE:
    'Das ist keine Projektdatei, die sich hier öffnen lässt. Nichts wurde geändert. Exportiere das Projekt noch einmal und versuche es damit.',
  ERR_MEDIA_FORMAT: 'Der Browser kann dieses Video oder Bild nicht zeigen. Wandle es in MP4 oder WebM um.',
  ERR_EXPORT_CANCELLED: 'Der Export wurde abgebrochen.',
  ERR_ANALYSIS_CANCELLED: 'Die Suche nach Anschlägen wurde abgebrochen. Sie kann jederzeit neu beginnen.',
};
