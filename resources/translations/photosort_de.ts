<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en_US">
  <context>
    <name>AboutDialog</name>
    <message>
      <source>About Photosort</source>
      <translation>Über Photosort</translation>
    </message>
    <message>
      <source>Version {version}</source>
      <translation>Version {version}</translation>
    </message>
    <message>
      <source>Finds photos by what they show, on this computer alone. Nothing leaves it, and originals are never changed.</source>
      <translation>Findet Fotos nach dem, was darauf zu sehen ist – nur auf diesem Computer. Nichts verlässt ihn, und Originale werden nie verändert.</translation>
    </message>
    <message>
      <source>Picture model: {name}</source>
      <translation>Bildmodell: {name}</translation>
    </message>
    <message>
      <source>Free software under the GNU General Public License, version 3 or later.</source>
      <translation>Freie Software unter der GNU General Public License, Version 3 oder neuer.</translation>
    </message>
    <message>
      <source>What Photosort is built of, with licences</source>
      <translation>Woraus Photosort gebaut ist, mit Lizenzen</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Schließen</translation>
    </message>
    <message>
      <source>Licence texts</source>
      <translation>Lizenztexte</translation>
    </message>
  </context>
  <context>
    <name>Actions</name>
    <message>
      <source>Undo</source>
      <translation>Rückgängig</translation>
    </message>
    <message>
      <source>Redo</source>
      <translation>Wiederholen</translation>
    </message>
    <message>
      <source>{verb}: {action}</source>
      <translation>{verb}: {action}</translation>
    </message>
    <message>
      <source>Open with</source>
      <translation>Öffnen mit</translation>
    </message>
    <message>
      <source>Rating</source>
      <translation>Bewertung</translation>
    </message>
    <message>
      <source>Stack</source>
      <translation>Stapel</translation>
    </message>
    <message>
      <source>Add to album</source>
      <translation>Zu Album hinzufügen</translation>
    </message>
    <message>
      <source>Compare with the rest</source>
      <translation>Mit den übrigen vergleichen</translation>
    </message>
    <message>
      <source>Edit</source>
      <translation>Bearbeiten</translation>
    </message>
    <message>
      <source>Add folder…</source>
      <translation>Ordner hinzufügen …</translation>
    </message>
    <message>
      <source>Import photos…</source>
      <translation>Fotos importieren …</translation>
    </message>
    <message>
      <source>Look for new photos</source>
      <translation>Nach neuen Fotos suchen</translation>
    </message>
    <message>
      <source>Save this search…</source>
      <translation>Diese Suche speichern …</translation>
    </message>
    <message>
      <source>New album…</source>
      <translation>Neues Album …</translation>
    </message>
    <message>
      <source>Search</source>
      <translation>Suchen</translation>
    </message>
    <message>
      <source>Select all</source>
      <translation>Alles auswählen</translation>
    </message>
    <message>
      <source>Invert selection</source>
      <translation>Auswahl umkehren</translation>
    </message>
    <message>
      <source>Information</source>
      <translation>Informationen</translation>
    </message>
    <message>
      <source>Filters</source>
      <translation>Filter</translation>
    </message>
    <message>
      <source>Sidebar</source>
      <translation>Seitenleiste</translation>
    </message>
    <message>
      <source>Open</source>
      <translation>Öffnen</translation>
    </message>
    <message>
      <source>Compare</source>
      <translation>Vergleichen</translation>
    </message>
    <message>
      <source>Slideshow</source>
      <translation>Diashow</translation>
    </message>
    <message>
      <source>Justified rows</source>
      <translation>Gleich hohe Zeilen</translation>
    </message>
    <message>
      <source>Find similar photos</source>
      <translation>Ähnliche Fotos finden</translation>
    </message>
    <message>
      <source>Stacks</source>
      <translation>Stapel</translation>
    </message>
    <message>
      <source>Open or close stack</source>
      <translation>Stapel öffnen oder schließen</translation>
    </message>
    <message>
      <source>Stack photos</source>
      <translation>Fotos stapeln</translation>
    </message>
    <message>
      <source>Take out of stack</source>
      <translation>Aus dem Stapel nehmen</translation>
    </message>
    <message>
      <source>Put on top of stack</source>
      <translation>Im Stapel nach oben legen</translation>
    </message>
    <message>
      <source>Add tag…</source>
      <translation>Schlagwort hinzufügen …</translation>
    </message>
    <message>
      <source>Change date…</source>
      <translation>Datum ändern…</translation>
    </message>
    <message>
      <source>Set place…</source>
      <translation>Ort festlegen…</translation>
    </message>
    <message>
      <source>Place on map…</source>
      <translation>Auf der Karte platzieren…</translation>
    </message>
    <message>
      <source>Title and caption…</source>
      <translation>Titel und Beschreibung…</translation>
    </message>
    <message>
      <source>Correct the kind…</source>
      <translation>Art korrigieren…</translation>
    </message>
    <message>
      <source>Rotate left</source>
      <translation>Nach links drehen</translation>
    </message>
    <message>
      <source>Rotate right</source>
      <translation>Nach rechts drehen</translation>
    </message>
    <message>
      <source>Copy metadata</source>
      <translation>Metadaten kopieren</translation>
    </message>
    <message>
      <source>Paste metadata…</source>
      <translation>Metadaten einfügen…</translation>
    </message>
    <message>
      <source>Read again</source>
      <translation>Neu einlesen</translation>
    </message>
    <message>
      <source>Forget…</source>
      <translation>Vergessen…</translation>
    </message>
    <message>
      <source>Pick</source>
      <translation>Behalten</translation>
    </message>
    <message>
      <source>Discard</source>
      <translation>Aussortieren</translation>
    </message>
    <message>
      <source>Clear flag</source>
      <translation>Markierung entfernen</translation>
    </message>
    <message>
      <source>Move to wastebasket…</source>
      <translation>In den Papierkorb…</translation>
    </message>
    <message>
      <source>Move discarded to wastebasket…</source>
      <translation>Aussortierte in den Papierkorb…</translation>
    </message>
    <message>
      <source>Show in file manager</source>
      <translation>Im Dateimanager zeigen</translation>
    </message>
    <message>
      <source>Copy path</source>
      <translation>Pfad kopieren</translation>
    </message>
    <message>
      <source>Export copies…</source>
      <translation>Kopien exportieren …</translation>
    </message>
    <message>
      <source>Write keyword files</source>
      <translation>Begleitdateien schreiben</translation>
    </message>
    <message>
      <source>Accept suggested tags…</source>
      <translation>Vorgeschlagene Schlagwörter annehmen…</translation>
    </message>
    <message>
      <source>Tags…</source>
      <translation>Schlagwörter …</translation>
    </message>
    <message>
      <source>Preferences…</source>
      <translation>Einstellungen …</translation>
    </message>
    <message>
      <source>Backups…</source>
      <translation>Sicherungen…</translation>
    </message>
    <message>
      <source>Guide</source>
      <translation>Anleitung</translation>
    </message>
    <message>
      <source>What's this?</source>
      <translation>Was ist das?</translation>
    </message>
    <message>
      <source>Keyboard shortcuts</source>
      <translation>Tastenkürzel</translation>
    </message>
    <message>
      <source>About Photosort</source>
      <translation>Über Photosort</translation>
    </message>
    <message>
      <source>Next pane</source>
      <translation>Nächster Bereich</translation>
    </message>
    <message>
      <source>Previous pane</source>
      <translation>Vorheriger Bereich</translation>
    </message>
    <message>
      <source>Quit</source>
      <translation>Beenden</translation>
    </message>
    <message numerus="yes">
      <source>%n star(s)</source>
      <translation>
        <numerusform>%n Stern</numerusform>
        <numerusform>%n Sterne</numerusform>
      </translation>
    </message>
    <message>
      <source>No rating</source>
      <translation>Keine Bewertung</translation>
    </message>
  </context>
  <context>
    <name>AlbumBar</name>
    <message>
      <source>New album from selection…</source>
      <translation>Neues Album aus der Auswahl…</translation>
    </message>
    <message>
      <source>Remove from album</source>
      <translation>Aus dem Album entfernen</translation>
    </message>
    <message>
      <source>Albums</source>
      <translation>Alben</translation>
    </message>
    <message>
      <source>New album</source>
      <translation>Neues Album</translation>
    </message>
    <message>
      <source>Create</source>
      <translation>Anlegen</translation>
    </message>
    <message numerus="yes">
      <source>%Ln photo(s) will move into it.</source>
      <translation>
        <numerusform>%Ln Foto kommt hinein.</numerusform>
        <numerusform>%Ln Fotos kommen hinein.</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>AlbumCommands</name>
    <message>
      <source>Merge albums</source>
      <translation>Alben zusammenführen</translation>
    </message>
    <message>
      <source>Merge</source>
      <translation>Zusammenführen</translation>
    </message>
    <message numerus="yes">
      <source>%Ln album(s) become one; the photos stay as they are.</source>
      <translation>
        <numerusform>%Ln Album bleibt eines; die Fotos bleiben, wie sie sind.</numerusform>
        <numerusform>%Ln Alben werden eines; die Fotos bleiben, wie sie sind.</numerusform>
      </translation>
    </message>
    <message>
      <source>Rename album</source>
      <translation>Album umbenennen</translation>
    </message>
    <message>
      <source>Rename</source>
      <translation>Umbenennen</translation>
    </message>
    <message>
      <source>A name that you give stays, whatever photos arrive.</source>
      <translation>Ein Name, den Sie geben, bleibt, was auch an Fotos dazukommt.</translation>
    </message>
    <message>
      <source>Merge albums…</source>
      <translation>Alben zusammenführen…</translation>
    </message>
    <message numerus="yes">
      <source>Delete %Ln album(s)</source>
      <translation>
        <numerusform>%Ln Album löschen</numerusform>
        <numerusform>%Ln Alben löschen</numerusform>
      </translation>
    </message>
    <message>
      <source>Pin to sidebar</source>
      <translation>An Seitenleiste anheften</translation>
    </message>
    <message>
      <source>Remove from sidebar</source>
      <translation>Aus der Seitenleiste entfernen</translation>
    </message>
    <message>
      <source>“{name}” compared with the rest</source>
      <translation>„{name}“ im Vergleich mit den übrigen</translation>
    </message>
    <message>
      <source>Open</source>
      <translation>Öffnen</translation>
    </message>
    <message>
      <source>Rename…</source>
      <translation>Umbenennen…</translation>
    </message>
    <message>
      <source>Suggested names</source>
      <translation>Namensvorschläge</translation>
    </message>
    <message>
      <source>Merge into</source>
      <translation>Zusammenführen mit</translation>
    </message>
    <message>
      <source>Make it my own album</source>
      <translation>Zu meinem Album machen</translation>
    </message>
    <message>
      <source>Compare with the rest</source>
      <translation>Mit den übrigen vergleichen</translation>
    </message>
    <message>
      <source>All other photos</source>
      <translation>Alle anderen Fotos</translation>
    </message>
    <message>
      <source>Delete album</source>
      <translation>Album löschen</translation>
    </message>
  </context>
  <context>
    <name>AlbumCovers</name>
    <message>
      <source>Saved search</source>
      <translation>Gespeicherte Suche</translation>
    </message>
    <message>
      <source>Screenshots and documents</source>
      <translation>Bildschirmfotos und Dokumente</translation>
    </message>
  </context>
  <context>
    <name>AlbumTile</name>
    <message>
      <source>selected</source>
      <translation>ausgewählt</translation>
    </message>
  </context>
  <context>
    <name>AlbumsPage</name>
    <message>
      <source>Albums</source>
      <translation>Alben</translation>
    </message>
    <message>
      <source>Look for new albums</source>
      <translation>Neue Alben suchen</translation>
    </message>
    <message>
      <source>Automatic albums</source>
      <translation>Automatische Alben</translation>
    </message>
    <message>
      <source>Photosort finds trips and days by their dates and places, and photos that show the same kind of thing, and names them. You can rename, join, split and remove them; they stay as you leave them.</source>
      <translation>Photosort findet Reisen und Tage anhand von Datum und Ort sowie Fotos, die Ähnliches zeigen, und benennt sie. Sie können Alben umbenennen, zusammenlegen, teilen und entfernen; sie bleiben, wie Sie sie hinterlassen.</translation>
    </message>
    <message>
      <source>Find albums</source>
      <translation>Alben finden</translation>
    </message>
    <message>
      <source>Themes</source>
      <translation>Themen</translation>
    </message>
    <message>
      <source>Events</source>
      <translation>Ereignisse</translation>
    </message>
    <message>
      <source>Places</source>
      <translation>Orte</translation>
    </message>
    <message>
      <source>My albums</source>
      <translation>Eigene Alben</translation>
    </message>
    <message>
      <source>Look-alikes</source>
      <translation>Ähnliche Fotos</translation>
    </message>
    <message>
      <source>Merge…</source>
      <translation>Zusammenführen…</translation>
    </message>
    <message>
      <source>Pin to sidebar</source>
      <translation>An Seitenleiste anheften</translation>
    </message>
    <message>
      <source>Delete</source>
      <translation>Löschen</translation>
    </message>
    <message>
      <source>Clear selection</source>
      <translation>Auswahl aufheben</translation>
    </message>
    <message>
      <source>Nothing new</source>
      <translation>Nichts Neues</translation>
    </message>
    <message>
      <source>Select photos and press Ctrl+Shift+N to make an album of them.</source>
      <translation>Wählen Sie Fotos aus und drücken Sie Strg+Umschalt+N, um ein Album daraus zu machen.</translation>
    </message>
    <message>
      <source>No trips or days stand out by their dates.</source>
      <translation>Keine Reisen oder Tage heben sich durch ihr Datum ab.</translation>
    </message>
    <message>
      <source>No photos look enough alike to make a theme.</source>
      <translation>Keine Fotos sind einander ähnlich genug für ein Thema.</translation>
    </message>
    <message numerus="yes">
      <source>%Ln album(s) selected</source>
      <translation>
        <numerusform>%Ln Album ausgewählt</numerusform>
        <numerusform>%Ln Alben ausgewählt</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>BackupsDialog</name>
    <message>
      <source>Backups of the library</source>
      <translation>Sicherungen der Bibliothek</translation>
    </message>
    <message>
      <source>A copy holds everything that you decided: tags, stars, albums, dates, places and texts. Your photos are not in it, and restoring never touches them.</source>
      <translation>Eine Sicherung enthält alles, was Sie entschieden haben: Schlagwörter, Sterne, Alben, Daten, Orte und Texte. Ihre Fotos sind nicht darin, und das Wiederherstellen rührt sie nie an.</translation>
    </message>
    <message>
      <source>Backups</source>
      <translation>Sicherungen</translation>
    </message>
    <message>
      <source>Back up now</source>
      <translation>Jetzt sichern</translation>
    </message>
    <message>
      <source>Show folder</source>
      <translation>Ordner zeigen</translation>
    </message>
    <message>
      <source>Restore…</source>
      <translation>Wiederherstellen…</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Schließen</translation>
    </message>
    <message>
      <source>There is no backup yet. One is made each day.</source>
      <translation>Es gibt noch keine Sicherung. Jeden Tag wird eine angelegt.</translation>
    </message>
    <message>
      <source>Now</source>
      <translation>Jetzt</translation>
    </message>
    <message>
      <source>In the backup</source>
      <translation>In der Sicherung</translation>
    </message>
    <message>
      <source>Photos</source>
      <translation>Fotos</translation>
    </message>
    <message>
      <source>Answers about tags</source>
      <translation>Antworten zu Schlagwörtern</translation>
    </message>
    <message>
      <source>Photos with stars, flags or texts</source>
      <translation>Fotos mit Sternen, Markierungen oder Texten</translation>
    </message>
    <message>
      <source>Albums</source>
      <translation>Alben</translation>
    </message>
    <message numerus="yes">
      <source>%Ln change(s) made since then would be gone.</source>
      <translation>
        <numerusform>%Ln Änderung seither wäre weg.</numerusform>
        <numerusform>%Ln Änderungen seither wären weg.</numerusform>
      </translation>
    </message>
    <message>
      <source>Nothing was changed since then.</source>
      <translation>Seither wurde nichts geändert.</translation>
    </message>
    <message>
      <source>Restore this backup</source>
      <translation>Diese Sicherung wiederherstellen</translation>
    </message>
    <message>
      <source>The window closes for a moment and opens with this backup. The library as it is now is kept as a backup, too.</source>
      <translation>Das Fenster schließt sich kurz und öffnet sich mit dieser Sicherung. Der jetzige Stand wird ebenfalls als Sicherung aufgehoben.</translation>
    </message>
  </context>
  <context>
    <name>Centre</name>
    <message>
      <source>No photos</source>
      <translation>Keine Fotos</translation>
    </message>
    <message>
      <source>Nothing in your library answers this search.</source>
      <translation>Nichts in der Bibliothek passt zu dieser Suche.</translation>
    </message>
    <message>
      <source>Clear the search</source>
      <translation>Suche leeren</translation>
    </message>
    <message>
      <source>No photos so far</source>
      <translation>Bisher keine Fotos</translation>
    </message>
    <message>
      <source>Your photos are still being read. What answers this search appears here.</source>
      <translation>Ihre Fotos werden noch gelesen. Was zu dieser Suche passt, erscheint hier.</translation>
    </message>
    <message>
      <source>No photos yet</source>
      <translation>Noch keine Fotos</translation>
    </message>
    <message>
      <source>Your folders hold no photos that can be shown.</source>
      <translation>Ihre Ordner enthalten keine Fotos, die gezeigt werden können.</translation>
    </message>
    <message>
      <source>Add folder…</source>
      <translation>Ordner hinzufügen …</translation>
    </message>
    <message>
      <source>Look again</source>
      <translation>Noch einmal nachsehen</translation>
    </message>
    <message>
      <source>{good} good, {possible} possible</source>
      <translation>{good} gute, {possible} mögliche</translation>
    </message>
  </context>
  <context>
    <name>CollectionsPanel</name>
    <message>
      <source>New photos that answer it appear in it by themselves.</source>
      <translation>Neue Fotos, die dazu passen, erscheinen von selbst darin.</translation>
    </message>
    <message>
      <source>Save this search</source>
      <translation>Diese Suche speichern</translation>
    </message>
    <message>
      <source>Save</source>
      <translation>Speichern</translation>
    </message>
    <message>
      <source>Save this search…</source>
      <translation>Diese Suche speichern…</translation>
    </message>
    <message>
      <source>New album</source>
      <translation>Neues Album</translation>
    </message>
    <message>
      <source>Create</source>
      <translation>Anlegen</translation>
    </message>
    <message numerus="yes">
      <source>%Ln photo(s) will be in it.</source>
      <translation>
        <numerusform>%Ln Foto wird darin sein.</numerusform>
        <numerusform>%Ln Fotos werden darin sein.</numerusform>
      </translation>
    </message>
    <message>
      <source>New album…</source>
      <translation>Neues Album…</translation>
    </message>
    <message>
      <source>Remove from “{name}”</source>
      <translation>Aus „{name}“ entfernen</translation>
    </message>
    <message>
      <source>Add the selected photos</source>
      <translation>Ausgewählte Fotos hinzufügen</translation>
    </message>
    <message>
      <source>Rename…</source>
      <translation>Umbenennen…</translation>
    </message>
    <message>
      <source>Delete album</source>
      <translation>Album löschen</translation>
    </message>
    <message>
      <source>Delete</source>
      <translation>Löschen</translation>
    </message>
    <message>
      <source>Show in file manager</source>
      <translation>Im Dateimanager anzeigen</translation>
    </message>
    <message>
      <source>Read again</source>
      <translation>Neu einlesen</translation>
    </message>
    <message>
      <source>Remove from library</source>
      <translation>Aus der Bibliothek entfernen</translation>
    </message>
    <message>
      <source>Rename album</source>
      <translation>Album umbenennen</translation>
    </message>
    <message>
      <source>Rename</source>
      <translation>Umbenennen</translation>
    </message>
    <message>
      <source>Rename search</source>
      <translation>Suche umbenennen</translation>
    </message>
  </context>
  <context>
    <name>ComparePane</name>
    <message>
      <source>Remove from comparison</source>
      <translation>Aus dem Vergleich entfernen</translation>
    </message>
    <message>
      <source>{place} of {count}</source>
      <translation>{place} von {count}</translation>
    </message>
  </context>
  <context>
    <name>CompareSets</name>
    <message numerus="yes">
      <source>%Ln photo(s) compared with the rest</source>
      <translation>
        <numerusform>%Ln Foto im Vergleich mit den übrigen</numerusform>
        <numerusform>%Ln Fotos im Vergleich mit den übrigen</numerusform>
      </translation>
    </message>
    <message>
      <source>All other photos</source>
      <translation>Alle anderen Fotos</translation>
    </message>
    <message>
      <source>The others shown here</source>
      <translation>Die anderen, die hier gezeigt werden</translation>
    </message>
    <message numerus="yes">
      <source>The %Ln photo(s) noted before</source>
      <translation>
        <numerusform>Das %Ln vorgemerkte Foto</numerusform>
        <numerusform>Die %Ln vorgemerkten Fotos</numerusform>
      </translation>
    </message>
    <message>
      <source>Note these for a comparison</source>
      <translation>Für einen Vergleich vormerken</translation>
    </message>
  </context>
  <context>
    <name>CompareSetsDialog</name>
    <message>
      <source>of these</source>
      <translation>davon</translation>
    </message>
    <message>
      <source>of all others</source>
      <translation>von allen anderen</translation>
    </message>
    <message>
      <source>No word fits one and not the other.</source>
      <translation>Kein Wort passt auf das eine und nicht auf das andere.</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Schließen</translation>
    </message>
  </context>
  <context>
    <name>CompareView</name>
    <message>
      <source>Compare</source>
      <translation>Vergleichen</translation>
    </message>
    <message>
      <source>Zoom and move together</source>
      <translation>Gemeinsam zoomen und verschieben</translation>
    </message>
    <message>
      <source>Back to the photos</source>
      <translation>Zurück zu den Fotos</translation>
    </message>
    <message>
      <source>Keep the framed photo, discard the others</source>
      <translation>Das umrahmte Foto behalten, die anderen aussortieren</translation>
    </message>
    <message>
      <source>Zoom out</source>
      <translation>Verkleinern</translation>
    </message>
    <message>
      <source>Zoom in</source>
      <translation>Vergrößern</translation>
    </message>
    <message>
      <source>Show the whole photos</source>
      <translation>Ganze Fotos zeigen</translation>
    </message>
    <message>
      <source>Actual size</source>
      <translation>Originalgröße</translation>
    </message>
    <message>
      <source>Photo {place} of the comparison</source>
      <translation>Foto {place} im Vergleich</translation>
    </message>
    <message>
      <source>Next photo</source>
      <translation>Nächstes Foto</translation>
    </message>
    <message>
      <source>Previous photo</source>
      <translation>Vorheriges Foto</translation>
    </message>
    <message>
      <source>Whole photos or actual size</source>
      <translation>Ganze Fotos oder Originalgröße</translation>
    </message>
    <message numerus="yes">
      <source>%n star(s)</source>
      <translation>
        <numerusform>%n Stern</numerusform>
        <numerusform>%n Sterne</numerusform>
      </translation>
    </message>
    <message>
      <source>No rating</source>
      <translation>Keine Bewertung</translation>
    </message>
    <message>
      <source>Pick</source>
      <translation>Behalten</translation>
    </message>
    <message>
      <source>Discard</source>
      <translation>Aussortieren</translation>
    </message>
    <message>
      <source>Clear flag</source>
      <translation>Markierung entfernen</translation>
    </message>
    <message>
      <source>Back</source>
      <translation>Zurück</translation>
    </message>
    <message numerus="yes">
      <source>%Ln more to come</source>
      <translation>
        <numerusform>noch %Ln Foto</numerusform>
        <numerusform>noch %Ln Fotos</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>CompletionList</name>
    <message>
      <source>Suggestions</source>
      <translation>Vorschläge</translation>
    </message>
  </context>
  <context>
    <name>CopyTile</name>
    <message>
      <source>stays</source>
      <translation>bleibt</translation>
    </message>
    <message>
      <source>is discarded</source>
      <translation>wird aussortiert</translation>
    </message>
  </context>
  <context>
    <name>CrashDialog</name>
    <message>
      <source>Photosort made a mistake</source>
      <translation>Photosort hat einen Fehler gemacht</translation>
    </message>
    <message>
      <source>Your photos and your library are safe: what was finished is kept. You can go on; if things look odd, start Photosort again.</source>
      <translation>Fotos und Bibliothek sind sicher: Was fertig war, bleibt erhalten. Es kann weitergehen; wenn etwas seltsam aussieht, hilft ein Neustart von Photosort.</translation>
    </message>
    <message>
      <source>A report was written to {file}. Nothing was sent. Add the file if you tell us about it.</source>
      <translation>Ein Bericht liegt in {file}. Nichts wurde gesendet. Bitte die Datei einer Fehlermeldung an uns beilegen.</translation>
    </message>
    <message>
      <source>What happened, for developers</source>
      <translation>Was geschehen ist, für Entwickler</translation>
    </message>
    <message>
      <source>Open the folder</source>
      <translation>Ordner öffnen</translation>
    </message>
    <message>
      <source>Continue</source>
      <translation>Fortfahren</translation>
    </message>
  </context>
  <context>
    <name>DateEditor</name>
    <message>
      <source>Change</source>
      <translation>Ändern</translation>
    </message>
    <message>
      <source>How the date is changed</source>
      <translation>Wie das Datum geändert wird</translation>
    </message>
    <message>
      <source>2023-05-14 14:30, 1985-07 or 1985</source>
      <translation>2023-05-14 14:30, 1985-07 oder 1985</translation>
    </message>
    <message>
      <source>+1h30m or -2d</source>
      <translation>+1h30m oder -2d</translation>
    </message>
    <message>
      <source>2023-05-14 14:30</source>
      <translation>2023-05-14 14:30</translation>
    </message>
    <message>
      <source>Europe/Rome or +02:00</source>
      <translation>Europe/Rome oder +02:00</translation>
    </message>
    <message>
      <source>Set to</source>
      <translation>Festlegen auf</translation>
    </message>
    <message>
      <source>Shift by</source>
      <translation>Verschieben um</translation>
    </message>
    <message>
      <source>Set this one, shift the rest along</source>
      <translation>Dieses festlegen, die übrigen mitverschieben</translation>
    </message>
    <message>
      <source>Time zone</source>
      <translation>Zeitzone</translation>
    </message>
    <message>
      <source>Time zone of its place</source>
      <translation>Zeitzone des Ortes</translation>
    </message>
    <message>
      <source>Date</source>
      <translation>Datum</translation>
    </message>
  </context>
  <context>
    <name>DateRangeDialog</name>
    <message>
      <source>Date range</source>
      <translation>Zeitraum</translation>
    </message>
    <message>
      <source>From</source>
      <translation>Von</translation>
    </message>
    <message>
      <source>Until</source>
      <translation>Bis</translation>
    </message>
    <message>
      <source>Show</source>
      <translation>Anzeigen</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Abbrechen</translation>
    </message>
  </context>
  <context>
    <name>DateScrubber</name>
    <message>
      <source>Years</source>
      <translation>Jahre</translation>
    </message>
  </context>
  <context>
    <name>DialogController</name>
    <message>
      <source>Exported</source>
      <translation>Exportiert</translation>
    </message>
  </context>
  <context>
    <name>DiscardedBar</name>
    <message>
      <source>Marked as discarded. The files are where they were.</source>
      <translation>Als aussortiert markiert. Die Dateien liegen, wo sie lagen.</translation>
    </message>
    <message>
      <source>Move all to wastebasket…</source>
      <translation>Alle in den Papierkorb…</translation>
    </message>
  </context>
  <context>
    <name>DropTarget</name>
    <message>
      <source>Drop a folder of photos here</source>
      <translation>Ordner mit Fotos hier ablegen</translation>
    </message>
    <message>
      <source>Add folder…</source>
      <translation>Ordner hinzufügen …</translation>
    </message>
  </context>
  <context>
    <name>DuplicateCard</name>
    <message>
      <source>Not duplicates</source>
      <translation>Keine Dubletten</translation>
    </message>
    <message>
      <source>Keep all of them, and never ask again</source>
      <translation>Alle behalten und nie wieder fragen</translation>
    </message>
    <message>
      <source>Compare</source>
      <translation>Vergleichen</translation>
    </message>
    <message numerus="yes">
      <source>Discard %Ln photo(s)</source>
      <translation>
        <numerusform>%Ln Foto aussortieren</numerusform>
        <numerusform>%Ln Fotos aussortieren</numerusform>
      </translation>
    </message>
    <message>
      <source>What stays takes over: {facts}</source>
      <translation>Was bleibt, übernimmt: {facts}</translation>
    </message>
  </context>
  <context>
    <name>DuplicatesPage</name>
    <message>
      <source>Duplicates</source>
      <translation>Dubletten</translation>
    </message>
    <message>
      <source>Look again</source>
      <translation>Noch einmal suchen</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>Anhalten</translation>
    </message>
    <message>
      <source>Where the copies lie exactly on top of each other; look at the others yourself</source>
      <translation>Wo die Kopien genau aufeinanderpassen; die anderen sehen Sie selbst an</translation>
    </message>
    <message>
      <source>Undo</source>
      <translation>Rückgängig</translation>
    </message>
    <message>
      <source>Nothing to decide here.</source>
      <translation>Hier ist nichts zu entscheiden.</translation>
    </message>
    <message>
      <source>Show more</source>
      <translation>Mehr zeigen</translation>
    </message>
    <message>
      <source>Photos that are there more than once</source>
      <translation>Fotos, die mehrmals da sind</translation>
    </message>
    <message>
      <source>Photosort compares the pictures themselves: a smaller copy, one that was cut or edited, shots of one moment. You decide which stay; nothing is deleted.</source>
      <translation>Photosort vergleicht die Bilder selbst: eine kleinere Kopie, eine beschnittene oder bearbeitete, mehrere Aufnahmen eines Augenblicks. Sie entscheiden, welche bleiben; gelöscht wird nichts.</translation>
    </message>
    <message>
      <source>Look for duplicates</source>
      <translation>Dubletten suchen</translation>
    </message>
    <message>
      <source>Same picture ({count})</source>
      <translation>Dasselbe Bild ({count})</translation>
    </message>
    <message>
      <source>Bursts ({count})</source>
      <translation>Serien ({count})</translation>
    </message>
    <message>
      <source>Exact copies ({count})</source>
      <translation>Exakte Kopien ({count})</translation>
    </message>
    <message numerus="yes">
      <source>Keep the best of %Ln sure group(s)</source>
      <translation>
        <numerusform>Das beste der %Ln sicheren Gruppe behalten</numerusform>
        <numerusform>Das beste der %Ln sicheren Gruppen behalten</numerusform>
      </translation>
    </message>
    <message>
      <source>These are one photo for Photosort already, so tags and stars hold for all of them. A click shows a file in the file manager.</source>
      <translation>Für Photosort sind das schon jetzt je ein Foto: Schlagwörter und Sterne gelten für alle. Ein Klick zeigt die Datei im Dateimanager.</translation>
    </message>
    <message>
      <source>Photos came or went since it was looked through.</source>
      <translation>Seit der letzten Suche sind Fotos hinzugekommen oder verschwunden.</translation>
    </message>
    <message>
      <source>Click what stays and what goes. What goes is marked as discarded, not deleted.</source>
      <translation>Klicken Sie an, was bleibt und was geht. Was geht, wird als aussortiert markiert, nicht gelöscht.</translation>
    </message>
  </context>
  <context>
    <name>EditBox</name>
    <message>
      <source>Date</source>
      <translation>Datum</translation>
    </message>
    <message>
      <source>Change the date…</source>
      <translation>Datum ändern…</translation>
    </message>
    <message>
      <source>Place</source>
      <translation>Ort</translation>
    </message>
    <message>
      <source>Set the place…</source>
      <translation>Ort festlegen…</translation>
    </message>
    <message>
      <source>Text</source>
      <translation>Text</translation>
    </message>
    <message>
      <source>Title and caption…</source>
      <translation>Titel und Beschreibung…</translation>
    </message>
    <message>
      <source>Kind</source>
      <translation>Art</translation>
    </message>
    <message>
      <source>Correct the kind…</source>
      <translation>Art korrigieren…</translation>
    </message>
  </context>
  <context>
    <name>Editor</name>
    <message>
      <source>Cancel</source>
      <translation>Abbrechen</translation>
    </message>
  </context>
  <context>
    <name>ErrorBanner</name>
    <message>
      <source>Details</source>
      <translation>Details</translation>
    </message>
    <message>
      <source>Copy</source>
      <translation>Kopieren</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Schließen</translation>
    </message>
    <message>
      <source>Details of the error</source>
      <translation>Details zum Fehler</translation>
    </message>
    <message>
      <source>Hide details</source>
      <translation>Details ausblenden</translation>
    </message>
  </context>
  <context>
    <name>ExampleChip</name>
    <message>
      <source>Photos like {name}</source>
      <translation>Fotos wie {name}</translation>
    </message>
    <message>
      <source>Like {name}</source>
      <translation>Wie {name}</translation>
    </message>
    <message>
      <source>photo</source>
      <translation>Foto</translation>
    </message>
    <message>
      <source>Balance between the photo and the words</source>
      <translation>Gewicht von Foto und Wörtern</translation>
    </message>
    <message>
      <source>words</source>
      <translation>Wörter</translation>
    </message>
    <message>
      <source>Remove the photo</source>
      <translation>Foto entfernen</translation>
    </message>
  </context>
  <context>
    <name>Explainer</name>
    <message>
      <source>Describe a photo in the search field to see where it matches.</source>
      <translation>Beschreibe im Suchfeld ein Foto, um zu sehen, wo es passt.</translation>
    </message>
  </context>
  <context>
    <name>ExportCopiesDialog</name>
    <message>
      <source>Export copies of {photos}</source>
      <translation>Kopien exportieren: {photos}</translation>
    </message>
    <message>
      <source>Export</source>
      <translation>Exportieren</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Abbrechen</translation>
    </message>
    <message>
      <source>Open the folder</source>
      <translation>Ordner öffnen</translation>
    </message>
    <message>
      <source>{done} of {total}</source>
      <translation>{done} von {total}</translation>
    </message>
    <message>
      <source>{text}, {time} left</source>
      <translation>{text}, noch {time}</translation>
    </message>
    <message numerus="yes">
      <source>%n file(s)</source>
      <translation>
        <numerusform>%n Datei</numerusform>
        <numerusform>%n Dateien</numerusform>
      </translation>
    </message>
    <message>
      <source>Cancelled. {copies} were finished and stay there.</source>
      <translation>Abgebrochen. Fertig und behalten: {copies}.</translation>
    </message>
    <message>
      <source>{copies} exported; {problems} could not be.</source>
      <translation>{copies} exportiert; nicht möglich: {problems}.</translation>
    </message>
    <message>
      <source>{copies} exported and compared with the originals.</source>
      <translation>{copies} exportiert und mit den Originalen verglichen.</translation>
    </message>
    <message numerus="yes">
      <source>%n photo(s)</source>
      <translation>
        <numerusform>%n Foto</numerusform>
        <numerusform>%n Fotos</numerusform>
      </translation>
    </message>
    <message>
      <source>Choose…</source>
      <translation>Wählen …</translation>
    </message>
    <message>
      <source>&amp;Folder</source>
      <translation>&amp;Ordner</translation>
    </message>
    <message>
      <source>All in this folder</source>
      <translation>Alle in diesen Ordner</translation>
    </message>
    <message>
      <source>A folder for each album</source>
      <translation>Ein Ordner je Album</translation>
    </message>
    <message>
      <source>A folder for each tag</source>
      <translation>Ein Ordner je Schlagwort</translation>
    </message>
    <message>
      <source>Folders for years and months</source>
      <translation>Ordner für Jahre und Monate</translation>
    </message>
    <message>
      <source>&amp;Order</source>
      <translation>Auf&amp;teilung</translation>
    </message>
    <message>
      <source>As large as the originals</source>
      <translation>So groß wie die Originale</translation>
    </message>
    <message>
      <source>{pixels} pixels along the longer edge, JPEG</source>
      <translation>{pixels} Pixel an der längeren Seite, JPEG</translation>
    </message>
    <message>
      <source>&amp;Size</source>
      <translation>&amp;Größe</translation>
    </message>
    <message>
      <source>HEIC, raw and other formats become &amp;JPEG</source>
      <translation>HEIC, Raw und andere Formate werden zu &amp;JPEG</translation>
    </message>
    <message>
      <source>Remove the &amp;location</source>
      <translation>Aufnahmeort &amp;entfernen</translation>
    </message>
    <message>
      <source>Write &amp;tags, stars and caption into the copies</source>
      <translation>&amp;Schlagwörter, Sterne und Beschreibung mitgeben</translation>
    </message>
    <message>
      <source>Originals stay as they are. Nothing is overwritten: a name that is taken gets a number.</source>
      <translation>Originale bleiben, wie sie sind. Nichts wird überschrieben: Ist ein Name vergeben, kommt eine Nummer dazu.</translation>
    </message>
    <message>
      <source>What could not be exported, and why</source>
      <translation>Was nicht exportiert werden konnte, und warum</translation>
    </message>
    <message>
      <source>Starting</source>
      <translation>Wird gestartet</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Schließen</translation>
    </message>
    <message>
      <source>Folder for the copies</source>
      <translation>Ordner für die Kopien</translation>
    </message>
  </context>
  <context>
    <name>Filmstrip</name>
    <message>
      <source>Filmstrip</source>
      <translation>Filmstreifen</translation>
    </message>
  </context>
  <context>
    <name>FilterBar</name>
    <message>
      <source>Clear filters</source>
      <translation>Filter entfernen</translation>
    </message>
    <message>
      <source>Filters</source>
      <translation>Filter</translation>
    </message>
    <message>
      <source>Counting…</source>
      <translation>Wird gezählt…</translation>
    </message>
    <message>
      <source>Range…</source>
      <translation>Zeitraum…</translation>
    </message>
    <message numerus="yes">
      <source>%Ln more: type them</source>
      <translation>
        <numerusform>%Ln weiterer: eintippen</numerusform>
        <numerusform>%Ln weitere: eintippen</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>FirstCard</name>
    <message>
      <source>First steps</source>
      <translation>Erste Schritte</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Schließen</translation>
    </message>
    <message>
      <source>A larger picture model finds more and tells finer things apart. It reads your photos again, which takes longer; your yes and no answers are kept.</source>
      <translation>Ein größeres Bildmodell findet mehr und unterscheidet Feineres. Es liest Ihre Fotos noch einmal, was länger dauert; Ihre Antworten bleiben erhalten.</translation>
    </message>
    <message>
      <source>Get it</source>
      <translation>Holen</translation>
    </message>
    <message>
      <source>Later</source>
      <translation>Später</translation>
    </message>
    <message numerus="yes">
      <source>%Ln photo(s) can be searched now.</source>
      <translation>
        <numerusform>%Ln Foto kann jetzt durchsucht werden.</numerusform>
        <numerusform>%Ln Fotos können jetzt durchsucht werden.</numerusform>
      </translation>
    </message>
    <message>
      <source>Try one of these:</source>
      <translation>Versuchen Sie eine davon:</translation>
    </message>
  </context>
  <context>
    <name>FlagButtons</name>
    <message>
      <source>Pick (P)</source>
      <translation>Behalten (P)</translation>
    </message>
    <message>
      <source>Discard (X)</source>
      <translation>Aussortieren (X)</translation>
    </message>
  </context>
  <context>
    <name>ForgetDialog</name>
    <message>
      <source>Forget photos</source>
      <translation>Fotos vergessen</translation>
    </message>
    <message numerus="yes">
      <source>Forget %Ln photo(s) for good?</source>
      <translation>
        <numerusform>%Ln Foto endgültig vergessen?</numerusform>
        <numerusform>%Ln Fotos endgültig vergessen?</numerusform>
      </translation>
    </message>
    <message>
      <source>Everything that Photosort knows of them goes: tags, stars, texts, thumbnails and history, in the backups, too. Their files stay. This cannot be undone.</source>
      <translation>Alles, was Photosort über sie weiß, wird gelöscht: Tags, Sterne, Texte, Vorschaubilder und Verlauf, auch in den Sicherungen. Ihre Dateien bleiben. Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message numerus="yes">
      <source>Files of %Ln of them lie in folders of the library and would come back as new photos. Move them away first, or name them in .photosortignore.</source>
      <translation>
        <numerusform>Von %Ln davon liegt eine Datei in einem Ordner der Bibliothek; es käme als neues Foto zurück. Verschieben Sie sie vorher, oder nennen Sie sie in .photosortignore.</numerusform>
        <numerusform>Von %Ln davon liegen Dateien in Ordnern der Bibliothek; sie kämen als neue Fotos zurück. Verschieben Sie sie vorher, oder nennen Sie sie in .photosortignore.</numerusform>
      </translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Abbrechen</translation>
    </message>
    <message>
      <source>Forget for good</source>
      <translation>Endgültig vergessen</translation>
    </message>
  </context>
  <context>
    <name>Forgetting</name>
    <message>
      <source>Forgotten. Not reached, and cleaned when they are next seen: {backups}</source>
      <translation>Vergessen. Nicht erreichbar, beim nächsten Mal bereinigt: {backups}</translation>
    </message>
    <message numerus="yes">
      <source>%Ln photo(s) forgotten</source>
      <translation>
        <numerusform>%Ln Foto vergessen</numerusform>
        <numerusform>%Ln Fotos vergessen</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>FullViews</name>
    <message>
      <source>Histogram and clipping</source>
      <translation>Histogramm und Beschneidung</translation>
    </message>
    <message>
      <source>Loupe</source>
      <translation>Lupe</translation>
    </message>
    <message>
      <source>Compare</source>
      <translation>Vergleichen</translation>
    </message>
  </context>
  <context>
    <name>GuideReader</name>
    <message>
      <source>Guide</source>
      <translation>Handbuch</translation>
    </message>
    <message>
      <source>Back</source>
      <translation>Zurück</translation>
    </message>
    <message>
      <source>Forward</source>
      <translation>Vor</translation>
    </message>
    <message>
      <source>Contents</source>
      <translation>Inhalt</translation>
    </message>
  </context>
  <context>
    <name>Histogram</name>
    <message>
      <source>Histogram</source>
      <translation>Histogramm</translation>
    </message>
    <message>
      <source>Black: {share}</source>
      <translation>Schwarz: {share}</translation>
    </message>
    <message>
      <source>Overexposed: {share}</source>
      <translation>Überbelichtet: {share}</translation>
    </message>
  </context>
  <context>
    <name>ImportController</name>
    <message>
      <source>Add a folder with photos</source>
      <translation>Ordner mit Fotos hinzufügen</translation>
    </message>
    <message numerus="yes">
      <source>Reading %n folder(s) again.</source>
      <translation>
        <numerusform>%n Ordner wird noch einmal gelesen.</numerusform>
        <numerusform>%n Ordner werden noch einmal gelesen.</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>ImportPhotosDialog</name>
    <message>
      <source>Import photos</source>
      <translation>Fotos importieren</translation>
    </message>
    <message>
      <source>Copies what is new from a camera card, a phone or a folder, and compares each copy with what it was made from. Nothing there is changed.</source>
      <translation>Kopiert, was neu ist, von einer Speicherkarte, einem Telefon oder aus einem Ordner und vergleicht jede Kopie mit ihrer Vorlage. Dort wird nichts geändert.</translation>
    </message>
    <message>
      <source>Import</source>
      <translation>Importieren</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Abbrechen</translation>
    </message>
    <message>
      <source>Looking for cards and phones…</source>
      <translation>Suche nach Karten und Telefonen …</translation>
    </message>
    <message>
      <source>Looking: {done} of {total}</source>
      <translation>Durchgesehen: {done} von {total}</translation>
    </message>
    <message>
      <source>There are no photos.</source>
      <translation>Dort sind keine Fotos.</translation>
    </message>
    <message numerus="yes">
      <source>All %Ln photo(s) are in the library already.</source>
      <translation>
        <numerusform>%Ln Foto ist dort, und es ist schon in der Bibliothek.</numerusform>
        <numerusform>Alle %Ln Fotos sind schon in der Bibliothek.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%Ln new photo(s), {size}</source>
      <translation>
        <numerusform>%Ln neues Foto, {size}</numerusform>
        <numerusform>%Ln neue Fotos, {size}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{new}; %Ln are there already</source>
      <translation>
        <numerusform>{new}; %Ln ist schon da</numerusform>
        <numerusform>{new}; %Ln sind schon da</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%Ln other file(s) are no photos and stay.</source>
      <translation>
        <numerusform>%Ln andere Datei ist kein Foto und bleibt.</numerusform>
        <numerusform>%Ln andere Dateien sind keine Fotos und bleiben.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%Ln file(s) cannot be read.</source>
      <translation>
        <numerusform>%Ln Datei ist nicht lesbar.</numerusform>
        <numerusform>%Ln Dateien sind nicht lesbar.</numerusform>
      </translation>
    </message>
    <message>
      <source>Nothing connected</source>
      <translation>Nichts angeschlossen</translation>
    </message>
    <message>
      <source>&amp;From</source>
      <translation>&amp;Von</translation>
    </message>
    <message>
      <source>&amp;Into</source>
      <translation>&amp;Nach</translation>
    </message>
    <message>
      <source>Fields: {fields}</source>
      <translation>Felder: {fields}</translation>
    </message>
    <message>
      <source>F&amp;olders</source>
      <translation>&amp;Ordner</translation>
    </message>
    <message>
      <source>Choose…</source>
      <translation>Wählen …</translation>
    </message>
    <message>
      <source>No card and no phone is connected. Connect one, or choose a folder.</source>
      <translation>Weder Karte noch Telefon ist angeschlossen. Schließen Sie etwas an oder wählen Sie einen Ordner.</translation>
    </message>
    <message>
      <source>Looking…</source>
      <translation>Wird durchgesehen …</translation>
    </message>
    <message>
      <source>Import from</source>
      <translation>Importieren von</translation>
    </message>
    <message>
      <source>Import to</source>
      <translation>Importieren nach</translation>
    </message>
    <message>
      <source>For example {path}</source>
      <translation>Zum Beispiel {path}</translation>
    </message>
  </context>
  <context>
    <name>InformationOverlay</name>
    <message>
      <source>Information about the photo</source>
      <translation>Informationen zum Foto</translation>
    </message>
  </context>
  <context>
    <name>InformationPanel</name>
    <message>
      <source>Information</source>
      <translation>Informationen</translation>
    </message>
    <message>
      <source>Show all</source>
      <translation>Alle zeigen</translation>
    </message>
    <message>
      <source>Why it matches</source>
      <translation>Warum es passt</translation>
    </message>
    <message>
      <source>Tags</source>
      <translation>Schlagwörter</translation>
    </message>
    <message>
      <source>Albums</source>
      <translation>Alben</translation>
    </message>
    <message>
      <source>Details</source>
      <translation>Details</translation>
    </message>
    <message>
      <source>Files</source>
      <translation>Dateien</translation>
    </message>
    <message>
      <source>No photo selected</source>
      <translation>Kein Foto ausgewählt</translation>
    </message>
    <message>
      <source>Select one to see what is known of it.</source>
      <translation>Ein ausgewähltes Foto zeigt hier, was darüber bekannt ist.</translation>
    </message>
    <message>
      <source>Search for {term}</source>
      <translation>Nach {term} suchen</translation>
    </message>
    <message>
      <source>fits</source>
      <translation>passt</translation>
    </message>
    <message>
      <source>does not fit</source>
      <translation>passt nicht</translation>
    </message>
    <message>
      <source>Show in the file manager</source>
      <translation>Im Dateimanager zeigen</translation>
    </message>
    <message>
      <source>Copy the path</source>
      <translation>Pfad kopieren</translation>
    </message>
  </context>
  <context>
    <name>KeywordConflictsDialog</name>
    <message>
      <source>Keyword files were changed elsewhere</source>
      <translation>Begleitdateien wurden anderswo geändert</translation>
    </message>
    <message>
      <source>Another program and you have both changed the same things. Nothing was overwritten. Which shall count?</source>
      <translation>Ein anderes Programm und Sie haben beide dasselbe geändert. Nichts wurde überschrieben. Was soll gelten?</translation>
    </message>
    <message>
      <source>What was changed on both sides</source>
      <translation>Was auf beiden Seiten geändert wurde</translation>
    </message>
    <message>
      <source>stars</source>
      <translation>Sterne</translation>
    </message>
    <message>
      <source>Decide later</source>
      <translation>Später entscheiden</translation>
    </message>
    <message>
      <source>Take theirs</source>
      <translation>Deren Stand nehmen</translation>
    </message>
    <message>
      <source>Keep mine</source>
      <translation>Meinen behalten</translation>
    </message>
  </context>
  <context>
    <name>KeywordFiles</name>
    <message numerus="yes">
      <source>Stopped; %Ln keyword file(s) written</source>
      <translation>
        <numerusform>Angehalten; %Ln Begleitdatei geschrieben</numerusform>
        <numerusform>Angehalten; %Ln Begleitdateien geschrieben</numerusform>
      </translation>
    </message>
    <message>
      <source>Writing keyword files</source>
      <translation>Begleitdateien werden geschrieben</translation>
    </message>
    <message numerus="yes">
      <source>%Ln keyword file(s) written</source>
      <translation>
        <numerusform>%Ln Begleitdatei geschrieben</numerusform>
        <numerusform>%Ln Begleitdateien geschrieben</numerusform>
      </translation>
    </message>
    <message>
      <source>Nothing to write: say yes to tags or give stars first; guesses are not written.</source>
      <translation>Nichts zu schreiben: Sagen Sie erst Ja zu Schlagwörter oder geben Sie Sterne; Vermutungen werden nicht geschrieben.</translation>
    </message>
    <message>
      <source>The keyword files say all of this already.</source>
      <translation>Die Begleitdateien sagen das alles schon.</translation>
    </message>
    <message numerus="yes">
      <source>%Ln keyword file(s) could not be written; they are as they were, and your tags are kept.</source>
      <translation>
        <numerusform>%Ln Begleitdatei konnte nicht geschrieben werden; sie ist, wie sie war, und Ihre Schlagwörter bleiben.</numerusform>
        <numerusform>%Ln Begleitdateien konnten nicht geschrieben werden; sie sind, wie sie waren, und Ihre Schlagwörter bleiben.</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>KeywordsCard</name>
    <message numerus="yes">
      <source>You use %Ln keyword(s) on</source>
      <translation>
        <numerusform>Sie verwenden %Ln Stichwort bei</numerusform>
        <numerusform>Sie verwenden %Ln Stichwörter bei</numerusform>
      </translation>
    </message>
    <message>
      <source>{keywords} {photos}.</source>
      <translation>{keywords} {photos}.</translation>
    </message>
    <message>
      <source>{sentence} Suggest them for the other {count}?</source>
      <translation>{sentence} Für die anderen {count} vorschlagen?</translation>
    </message>
    <message>
      <source>Suggest</source>
      <translation>Vorschlagen</translation>
    </message>
    <message>
      <source>{sentence} {count} of them proved right on photos that they were not learned from, and are suggested for others.</source>
      <translation>{sentence} {count} davon stimmten bei Fotos, an denen sie nicht gelernt wurden, und werden für andere vorgeschlagen.</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>Noch einmal prüfen</translation>
    </message>
    <message>
      <source>Trying your keywords, {done} of {total}</source>
      <translation>Ihre Stichwörter werden geprüft, {done} von {total}</translation>
    </message>
  </context>
  <context>
    <name>KindEditor</name>
    <message>
      <source>Change</source>
      <translation>Ändern</translation>
    </message>
    <message>
      <source>Kind of picture</source>
      <translation>Art des Bildes</translation>
    </message>
    <message>
      <source>As recognised</source>
      <translation>Wie erkannt</translation>
    </message>
  </context>
  <context>
    <name>LibraryMap</name>
    <message>
      <source>Map of all photos by likeness</source>
      <translation>Karte aller Fotos nach Ähnlichkeit</translation>
    </message>
  </context>
  <context>
    <name>Loupe</name>
    <message>
      <source>Loupe</source>
      <translation>Lupe</translation>
    </message>
    <message>
      <source>{place} of {count}</source>
      <translation>{place} von {count}</translation>
    </message>
    <message>
      <source>Shown at {percent} of its size at most: the photo is very large.</source>
      <translation>Höchstens auf {percent} der Größe gezeigt: Das Foto ist sehr groß.</translation>
    </message>
    <message>
      <source>Next photo</source>
      <translation>Nächstes Foto</translation>
    </message>
    <message>
      <source>Previous photo</source>
      <translation>Vorheriges Foto</translation>
    </message>
    <message>
      <source>First photo</source>
      <translation>Erstes Foto</translation>
    </message>
    <message>
      <source>Last photo</source>
      <translation>Letztes Foto</translation>
    </message>
    <message numerus="yes">
      <source>%n star(s)</source>
      <translation>
        <numerusform>%n Stern</numerusform>
        <numerusform>%n Sterne</numerusform>
      </translation>
    </message>
    <message>
      <source>No rating</source>
      <translation>Keine Bewertung</translation>
    </message>
    <message>
      <source>Pick</source>
      <translation>Behalten</translation>
    </message>
    <message>
      <source>Discard</source>
      <translation>Aussortieren</translation>
    </message>
    <message>
      <source>Clear flag</source>
      <translation>Markierung entfernen</translation>
    </message>
    <message>
      <source>Move to wastebasket…</source>
      <translation>In den Papierkorb…</translation>
    </message>
    <message>
      <source>Add tag…</source>
      <translation>Schlagwort hinzufügen…</translation>
    </message>
    <message>
      <source>Information</source>
      <translation>Informationen</translation>
    </message>
    <message>
      <source>Show where it matched</source>
      <translation>Zeigen, wo es passt</translation>
    </message>
    <message>
      <source>Histogram and clipping</source>
      <translation>Histogramm und Beschneidung</translation>
    </message>
    <message>
      <source>Search by a part of the photo</source>
      <translation>Mit einem Teil des Fotos suchen</translation>
    </message>
    <message>
      <source>Full screen</source>
      <translation>Vollbild</translation>
    </message>
    <message>
      <source>Slideshow</source>
      <translation>Diashow</translation>
    </message>
    <message>
      <source>Pause the slideshow, or go back</source>
      <translation>Diashow anhalten oder zurück</translation>
    </message>
    <message>
      <source>Play the video</source>
      <translation>Video abspielen</translation>
    </message>
    <message>
      <source>Back</source>
      <translation>Zurück</translation>
    </message>
    <message>
      <source>Back to the photos</source>
      <translation>Zurück zu den Fotos</translation>
    </message>
    <message>
      <source>Zoom in</source>
      <translation>Vergrößern</translation>
    </message>
    <message>
      <source>Zoom out</source>
      <translation>Verkleinern</translation>
    </message>
    <message>
      <source>Show the whole photo</source>
      <translation>Ganzes Foto zeigen</translation>
    </message>
    <message>
      <source>Actual size</source>
      <translation>Originalgröße</translation>
    </message>
    <message>
      <source>Whole photo or actual size</source>
      <translation>Ganzes Foto oder Originalgröße</translation>
    </message>
    <message>
      <source>Look further left</source>
      <translation>Weiter nach links</translation>
    </message>
    <message>
      <source>Look further right</source>
      <translation>Weiter nach rechts</translation>
    </message>
    <message>
      <source>Look further up</source>
      <translation>Weiter nach oben</translation>
    </message>
    <message>
      <source>Look further down</source>
      <translation>Weiter nach unten</translation>
    </message>
    <message>
      <source>Added the tag {tag}</source>
      <translation>Schlagwort {tag} hinzugefügt</translation>
    </message>
    <message>
      <source>Slideshow on</source>
      <translation>Diashow läuft</translation>
    </message>
    <message>
      <source>Slideshow paused</source>
      <translation>Diashow angehalten</translation>
    </message>
    <message>
      <source>Drag a box around what to look for.</source>
      <translation>Ziehe einen Rahmen um das, was gesucht wird.</translation>
    </message>
  </context>
  <context>
    <name>MainWindow</name>
    <message>
      <source>Something went wrong inside Photosort. Your photos and decisions are safe.</source>
      <translation>In Photosort ist etwas schiefgegangen. Fotos und Entscheidungen sind sicher.</translation>
    </message>
    <message>
      <source>Undone: {action}</source>
      <translation>Rückgängig gemacht: {action}</translation>
    </message>
    <message>
      <source>Redone: {action}</source>
      <translation>Wiederhergestellt: {action}</translation>
    </message>
    <message>
      <source>Photos</source>
      <translation>Fotos</translation>
    </message>
    <message>
      <source>The guide cannot be opened here.</source>
      <translation>Die Anleitung lässt sich hier nicht öffnen.</translation>
    </message>
  </context>
  <context>
    <name>MapPage</name>
    <message>
      <source>Map</source>
      <translation>Karte</translation>
    </message>
    <message>
      <source>Show these photos</source>
      <translation>Diese Fotos zeigen</translation>
    </message>
    <message>
      <source>The photos of the part of the map that you see</source>
      <translation>Die Fotos des Kartenausschnitts, den Sie sehen</translation>
    </message>
    <message>
      <source>Draw around photos</source>
      <translation>Fotos umfahren</translation>
    </message>
    <message>
      <source>Photos without a place</source>
      <translation>Fotos ohne Ort</translation>
    </message>
    <message>
      <source>No photos on the map</source>
      <translation>Keine Fotos auf der Karte</translation>
    </message>
    <message>
      <source>No photo says where it was taken. Select photos and choose “Place on map”, or place them here.</source>
      <translation>Kein Foto sagt, wo es aufgenommen wurde. Wählen Sie Fotos aus und dann „Auf der Karte platzieren“, oder platzieren Sie sie hier.</translation>
    </message>
    <message>
      <source>Place photos…</source>
      <translation>Fotos platzieren…</translation>
    </message>
    <message>
      <source>Done</source>
      <translation>Fertig</translation>
    </message>
    <message>
      <source>Photos without a place ({count})</source>
      <translation>Fotos ohne Ort ({count})</translation>
    </message>
    <message numerus="yes">
      <source>Click on the map where %Ln photo(s) were taken, or drag them there.</source>
      <translation>
        <numerusform>Klicken Sie auf der Karte dorthin, wo %Ln Foto aufgenommen wurde, oder ziehen Sie es dorthin.</numerusform>
        <numerusform>Klicken Sie auf der Karte dorthin, wo %Ln Fotos aufgenommen wurden, oder ziehen Sie sie dorthin.</numerusform>
      </translation>
    </message>
    <message>
      <source>Select photos, then click on the map where they were taken.</source>
      <translation>Wählen Sie Fotos aus und klicken Sie dann auf der Karte dorthin, wo sie aufgenommen wurden.</translation>
    </message>
    <message>
      <source>Drag to move, turn the wheel to zoom, click on photos to go nearer.</source>
      <translation>Ziehen verschiebt, das Mausrad vergrößert, ein Klick auf Fotos geht näher heran.</translation>
    </message>
    <message>
      <source>{photos}: {place}</source>
      <translation>{photos}: {place}</translation>
    </message>
    <message>
      <source>{photos}: this place is in the sea. Undo takes it back.</source>
      <translation>{photos}: Dieser Ort liegt im Meer. Rückgängig nimmt es zurück.</translation>
    </message>
  </context>
  <context>
    <name>MapView</name>
    <message>
      <source>Drag to move, turn the wheel to zoom, draw around photos to select them.</source>
      <translation>Ziehen verschiebt, das Mausrad vergrößert, umfahrene Fotos werden ausgewählt.</translation>
    </message>
    <message>
      <source>Draw around photos</source>
      <translation>Fotos umfahren</translation>
    </message>
    <message>
      <source>Look at them</source>
      <translation>Ansehen</translation>
    </message>
    <message>
      <source>New album from selection…</source>
      <translation>Neues Album aus der Auswahl…</translation>
    </message>
    <message>
      <source>Compare with the rest</source>
      <translation>Mit den übrigen vergleichen</translation>
    </message>
    <message>
      <source>Drawing the map: {share}</source>
      <translation>Karte wird gezeichnet: {share}</translation>
    </message>
    <message>
      <source>{photos} selected</source>
      <translation>{photos} ausgewählt</translation>
    </message>
    <message>
      <source>New album</source>
      <translation>Neues Album</translation>
    </message>
    <message>
      <source>Create</source>
      <translation>Anlegen</translation>
    </message>
    <message numerus="yes">
      <source>%Ln photo(s) will be in it.</source>
      <translation>
        <numerusform>%Ln Foto wird darin sein.</numerusform>
        <numerusform>%Ln Fotos werden darin sein.</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>MarksBar</name>
    <message numerus="yes">
      <source>%n star(s)</source>
      <translation>
        <numerusform>%n Stern</numerusform>
        <numerusform>%n Sterne</numerusform>
      </translation>
    </message>
    <message>
      <source>Pick</source>
      <translation>Behalten</translation>
    </message>
    <message>
      <source>Discard</source>
      <translation>Aussortieren</translation>
    </message>
  </context>
  <context>
    <name>MetadataCopy</name>
    <message>
      <source>Copy the metadata of a photo first.</source>
      <translation>Kopieren Sie zuerst die Metadaten eines Fotos.</translation>
    </message>
    <message>
      <source>Copied: {facts}</source>
      <translation>Kopiert: {facts}</translation>
    </message>
    <message>
      <source>Nothing is known of this photo that could be copied.</source>
      <translation>Von diesem Foto ist nichts bekannt, was kopiert werden könnte.</translation>
    </message>
  </context>
  <context>
    <name>ModelCard</name>
    <message>
      <source>In use</source>
      <translation>In Gebrauch</translation>
    </message>
    <message>
      <source>Remove {model} from this computer</source>
      <translation>{model} von diesem Rechner entfernen</translation>
    </message>
    <message>
      <source>{kind}, larger</source>
      <translation>{kind}, größer</translation>
    </message>
    <message>
      <source>{rate} here</source>
      <translation>{rate} hier</translation>
    </message>
    <message>
      <source>not measured here yet</source>
      <translation>hier noch nicht gemessen</translation>
    </message>
    <message>
      <source>licence {name}</source>
      <translation>Lizenz {name}</translation>
    </message>
    <message>
      <source>not for commercial use</source>
      <translation>nicht für gewerblichen Gebrauch</translation>
    </message>
    <message>
      <source>Checking</source>
      <translation>Wird geprüft</translation>
    </message>
    <message>
      <source>{done} of {total}</source>
      <translation>{done} von {total}</translation>
    </message>
    <message>
      <source>Download</source>
      <translation>Laden</translation>
    </message>
    <message>
      <source>Use</source>
      <translation>Verwenden</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Abbrechen</translation>
    </message>
  </context>
  <context>
    <name>ModelsPage</name>
    <message>
      <source>Picture models</source>
      <translation>Bildmodelle</translation>
    </message>
    <message>
      <source>A picture model is what looks at your photos, on this computer. Better ones find more and take longer. A model is downloaded only when you ask for it; after that nothing needs the network.</source>
      <translation>Ein Bildmodell ist das, was Ihre Fotos ansieht, auf diesem Rechner. Bessere finden mehr und brauchen länger. Ein Modell wird nur geladen, wenn Sie es wollen; danach braucht nichts mehr das Netz.</translation>
    </message>
    <message>
      <source>{model} is ready</source>
      <translation>{model} ist bereit</translation>
    </message>
    <message>
      <source>Loading</source>
      <translation>Wird geladen</translation>
    </message>
    <message>
      <source>Choose a model file</source>
      <translation>Modelldatei wählen</translation>
    </message>
    <message>
      <source>Models</source>
      <translation>Modelle</translation>
    </message>
  </context>
  <context>
    <name>NameDialog</name>
    <message>
      <source>Name</source>
      <translation>Name</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Abbrechen</translation>
    </message>
  </context>
  <context>
    <name>Navigation</name>
    <message>
      <source>Searching…</source>
      <translation>Suche läuft…</translation>
    </message>
  </context>
  <context>
    <name>OpenWith</name>
    <message>
      <source>Looking for programs…</source>
      <translation>Programme werden gesucht…</translation>
    </message>
    <message>
      <source>No program says that it opens this</source>
      <translation>Kein Programm gibt an, das zu öffnen</translation>
    </message>
    <message>
      <source>{program} could not be started.</source>
      <translation>{program} konnte nicht gestartet werden.</translation>
    </message>
  </context>
  <context>
    <name>PasteMetadataDialog</name>
    <message numerus="yes">
      <source>Paste metadata on %Ln photo(s)</source>
      <translation>
        <numerusform>Metadaten auf %Ln Foto einfügen</numerusform>
        <numerusform>Metadaten auf %Ln Fotos einfügen</numerusform>
      </translation>
    </message>
    <message>
      <source>Tags and albums are added; everything else takes the place of what is there.</source>
      <translation>Schlagwörter und Alben kommen dazu, alles andere tritt an die Stelle dessen, was da ist.</translation>
    </message>
    <message>
      <source>Paste</source>
      <translation>Einfügen</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Abbrechen</translation>
    </message>
  </context>
  <context>
    <name>PhotoCommands</name>
    <message numerus="yes">
      <source>%Ln path(s) copied</source>
      <translation>
        <numerusform>%Ln Pfad kopiert</numerusform>
        <numerusform>%Ln Pfade kopiert</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>PhotoGrid</name>
    <message>
      <source>Photos</source>
      <translation>Fotos</translation>
    </message>
  </context>
  <context>
    <name>PhotoImport</name>
    <message>
      <source>Photos are being imported already.</source>
      <translation>Es werden schon Fotos importiert.</translation>
    </message>
    <message numerus="yes">
      <source>%Ln file(s) could not be imported; they are where they were.</source>
      <translation>
        <numerusform>%Ln Datei konnte nicht importiert werden; sie ist, wo sie war.</numerusform>
        <numerusform>%Ln Dateien konnten nicht importiert werden; sie sind, wo sie waren.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%Ln photo(s) imported.</source>
      <translation>
        <numerusform>%Ln Foto importiert.</numerusform>
        <numerusform>%Ln Fotos importiert.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%Ln photo(s) were there already.</source>
      <translation>
        <numerusform>%Ln Foto war schon da.</numerusform>
        <numerusform>%Ln Fotos waren schon da.</numerusform>
      </translation>
    </message>
    <message>
      <source>The card or phone can be removed.</source>
      <translation>Karte oder Telefon kann entfernt werden.</translation>
    </message>
    <message>
      <source>No photos were imported.</source>
      <translation>Es wurden keine Fotos importiert.</translation>
    </message>
  </context>
  <context>
    <name>PhotoListModel</name>
    <message>
      <source>{place} of {count}</source>
      <translation>{place} von {count}</translation>
    </message>
    <message numerus="yes">
      <source>open stack of %Ln photo(s)</source>
      <translation>
        <numerusform>offener Stapel aus %Ln Foto</numerusform>
        <numerusform>offener Stapel aus %Ln Fotos</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>closed stack of %Ln photo(s)</source>
      <translation>
        <numerusform>geschlossener Stapel aus %Ln Foto</numerusform>
        <numerusform>geschlossener Stapel aus %Ln Fotos</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>PlaceEditor</name>
    <message>
      <source>Set</source>
      <translation>Festlegen</translation>
    </message>
    <message>
      <source>Place</source>
      <translation>Ort</translation>
    </message>
    <message>
      <source>Lisbon or 38.72, -9.14</source>
      <translation>Lissabon oder 38.72, -9.14</translation>
    </message>
    <message>
      <source>Copy place</source>
      <translation>Ort kopieren</translation>
    </message>
    <message>
      <source>Paste place</source>
      <translation>Ort einfügen</translation>
    </message>
    <message>
      <source>Remove place</source>
      <translation>Ort entfernen</translation>
    </message>
  </context>
  <context>
    <name>PlaceMap</name>
    <message>
      <source>Map of where photos were taken</source>
      <translation>Karte der Aufnahmeorte</translation>
    </message>
  </context>
  <context>
    <name>PlaceTree</name>
    <message>
      <source>Places</source>
      <translation>Orte</translation>
    </message>
  </context>
  <context>
    <name>PreferencesDialog</name>
    <message>
      <source>Preferences</source>
      <translation>Einstellungen</translation>
    </message>
    <message>
      <source>Pages</source>
      <translation>Seiten</translation>
    </message>
    <message>
      <source>Folders</source>
      <translation>Ordner</translation>
    </message>
    <message>
      <source>Picture model</source>
      <translation>Bildmodell</translation>
    </message>
    <message>
      <source>Tags</source>
      <translation>Schlagwörter</translation>
    </message>
    <message>
      <source>Appearance</source>
      <translation>Darstellung</translation>
    </message>
    <message>
      <source>Performance</source>
      <translation>Leistung</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Schließen</translation>
    </message>
    <message>
      <source>No folder yet. Add the folder in which your photos are.</source>
      <translation>Noch kein Ordner. Hier den Ordner hinzufügen, in dem die Fotos liegen.</translation>
    </message>
    <message>
      <source>Add folder…</source>
      <translation>Ordner hinzufügen …</translation>
    </message>
    <message>
      <source>Photos stay in their folders, and the files are never changed. Removing a folder from the library deletes nothing; your tags and stars are kept for when it comes back.</source>
      <translation>Fotos bleiben in ihren Ordnern, und die Dateien werden nie verändert. Einen Ordner aus der Bibliothek zu entfernen löscht nichts; Schlagwörter und Sterne bleiben erhalten, falls er zurückkommt.</translation>
    </message>
    <message>
      <source>The picture model sees what is in your photos. Another one looks at all of them again, in the background; your yes and no answers are kept.</source>
      <translation>Das Bildmodell erkennt, was auf den Fotos zu sehen ist. Ein anderes sieht alle noch einmal an, im Hintergrund; die Ja- und Nein-Antworten bleiben erhalten.</translation>
    </message>
    <message>
      <source>More picture models…</source>
      <translation>Weitere Bildmodelle …</translation>
    </message>
    <message>
      <source>Tags come in packs that can be switched on and off, and each can be read, changed or switched off.</source>
      <translation>Schlagwörter kommen in Paketen, die ein- und ausgeschaltet werden können; jedes kann gelesen, geändert oder ausgeschaltet werden.</translation>
    </message>
    <message>
      <source>All tags…</source>
      <translation>Alle Schlagwörter …</translation>
    </message>
    <message>
      <source>Write my tags and stars into &amp;keyword files (.xmp)</source>
      <translation>Schlagwörter und Sterne in Begleit&amp;dateien (.xmp) schreiben</translation>
    </message>
    <message>
      <source>Other photo programs can read these small files, which lie beside the photos. The photos themselves are never changed.</source>
      <translation>Andere Fotoprogramme können diese kleinen Dateien lesen, die neben den Fotos liegen. Die Fotos selbst werden nie verändert.</translation>
    </message>
    <message>
      <source>As the system</source>
      <translation>Wie das System</translation>
    </message>
    <message>
      <source>Light</source>
      <translation>Hell</translation>
    </message>
    <message>
      <source>Dark</source>
      <translation>Dunkel</translation>
    </message>
    <message>
      <source>&amp;Colours</source>
      <translation>&amp;Farben</translation>
    </message>
    <message>
      <source>Fade in</source>
      <translation>Einblenden</translation>
    </message>
    <message>
      <source>None</source>
      <translation>Keine</translation>
    </message>
    <message>
      <source>&amp;Animations</source>
      <translation>&amp;Animationen</translation>
    </message>
    <message>
      <source>La&amp;nguage</source>
      <translation>&amp;Sprache</translation>
    </message>
    <message>
      <source>Square grid</source>
      <translation>Quadratisches Raster</translation>
    </message>
    <message>
      <source>Justified rows</source>
      <translation>Gleich hohe Zeilen</translation>
    </message>
    <message>
      <source>&amp;Grid</source>
      <translation>&amp;Raster</translation>
    </message>
    <message>
      <source>{seconds} s each photo</source>
      <translation>{seconds} s pro Foto</translation>
    </message>
    <message>
      <source>S&amp;lideshow</source>
      <translation>D&amp;iashow</translation>
    </message>
    <message>
      <source>Single l&amp;etters are commands</source>
      <translation>Ein&amp;zelne Buchstaben sind Befehle</translation>
    </message>
    <message>
      <source>P picks a photo, 4 gives it four stars. Switch it off if you dictate.</source>
      <translation>P behält ein Foto, 4 gibt ihm vier Sterne. Beim Diktieren besser ausschalten.</translation>
    </message>
    <message>
      <source>Next &amp;photo after stars or a flag, in the loupe</source>
      <translation>In der &amp;Lupe nach Sternen oder Markierung zum nächsten Foto</translation>
    </message>
    <message>
      <source>The language changes at the next start.</source>
      <translation>Die Sprache wechselt beim nächsten Start.</translation>
    </message>
    <message>
      <source>All {cores}</source>
      <translation>Alle {cores}</translation>
    </message>
    <message>
      <source>&amp;Cores for reading photos</source>
      <translation>&amp;Kerne zum Lesen der Fotos</translation>
    </message>
    <message>
      <source>&amp;Thumbnail cache</source>
      <translation>&amp;Vorschau-Cache</translation>
    </message>
    <message>
      <source>Fewer cores leave more to other programs. Thumbnails beyond the size of the cache are made again when they are needed; those of drives that are not connected are always kept.</source>
      <translation>Weniger Kerne lassen anderen Programmen mehr übrig. Vorschaubilder, für die der Cache zu klein ist, werden bei Bedarf neu erzeugt; die von nicht verbundenen Laufwerken bleiben immer erhalten.</translation>
    </message>
    <message numerus="yes">
      <source>%Ln photo(s)</source>
      <translation>
        <numerusform>%Ln Foto</numerusform>
        <numerusform>%Ln Fotos</numerusform>
      </translation>
    </message>
    <message>
      <source>not connected</source>
      <translation>nicht verbunden</translation>
    </message>
    <message>
      <source>Remove</source>
      <translation>Entfernen</translation>
    </message>
    <message>
      <source>Remove {folder}</source>
      <translation>{folder} entfernen</translation>
    </message>
  </context>
  <context>
    <name>ProblemsPage</name>
    <message>
      <source>File</source>
      <translation>Datei</translation>
    </message>
    <message>
      <source>Why it cannot be used</source>
      <translation>Warum sie nicht verwendbar ist</translation>
    </message>
    <message>
      <source>Folder</source>
      <translation>Ordner</translation>
    </message>
    <message>
      <source>Files that could not be used</source>
      <translation>Nicht verwendbare Dateien</translation>
    </message>
    <message>
      <source>Show in file manager</source>
      <translation>Im Dateimanager zeigen</translation>
    </message>
    <message>
      <source>Ignore</source>
      <translation>Ignorieren</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>Erneut versuchen</translation>
    </message>
    <message>
      <source>Photosort has left these files as they are. All other photos are not affected.</source>
      <translation>Photosort hat diese Dateien gelassen, wie sie sind. Alle anderen Fotos sind nicht betroffen.</translation>
    </message>
    <message>
      <source>No problems</source>
      <translation>Keine Probleme</translation>
    </message>
    <message>
      <source>Every file in your folders can be used, or you chose to ignore it.</source>
      <translation>Alle Dateien in Ihren Ordnern können verwendet werden, oder Sie ignorieren sie.</translation>
    </message>
    <message numerus="yes">
      <source>%Ln file(s) could not be used</source>
      <translation>
        <numerusform>%Ln Datei ist nicht verwendbar</numerusform>
        <numerusform>%Ln Dateien sind nicht verwendbar</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>ProgressDetails</name>
    <message>
      <source>Details</source>
      <translation>Einzelheiten</translation>
    </message>
    <message>
      <source>Done</source>
      <translation>Fertig</translation>
    </message>
    <message>
      <source>Copied</source>
      <translation>Kopiert</translation>
    </message>
    <message>
      <source>Unchanged</source>
      <translation>Unverändert</translation>
    </message>
    <message>
      <source>Not usable</source>
      <translation>Nicht verwendbar</translation>
    </message>
    <message>
      <source>Speed</source>
      <translation>Tempo</translation>
    </message>
    <message>
      <source>Time left</source>
      <translation>Restzeit</translation>
    </message>
    <message>
      <source>{done} of {total}</source>
      <translation>{done} von {total}</translation>
    </message>
  </context>
  <context>
    <name>QualityDots</name>
    <message>
      <source>Quality {number} of {most}</source>
      <translation>Güte {number} von {most}</translation>
    </message>
  </context>
  <context>
    <name>RatingStars</name>
    <message>
      <source>Rating</source>
      <translation>Bewertung</translation>
    </message>
    <message>
      <source>The selected photos have different ratings</source>
      <translation>Die ausgewählten Fotos sind unterschiedlich bewertet</translation>
    </message>
    <message numerus="yes">
      <source>%n star(s)</source>
      <translation>
        <numerusform>%n Stern</numerusform>
        <numerusform>%n Sterne</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>ReviewPage</name>
    <message>
      <source>Tag to ask about</source>
      <translation>Schlagwort, nach dem gefragt wird</translation>
    </message>
    <message>
      <source>Photos to ask about</source>
      <translation>Fotos, nach denen gefragt wird</translation>
    </message>
    <message>
      <source>This tag is not suggested yet, because nobody measured whether this picture model knows it. It is as soon as your answers show that it is right.</source>
      <translation>Dieses Schlagwort wird noch nicht vorgeschlagen, weil niemand gemessen hat, ob dieses Bildmodell es kennt. Sobald Ihre Antworten zeigen, dass es stimmt, wird es vorgeschlagen.</translation>
    </message>
    <message>
      <source>Undo</source>
      <translation>Rückgängig</translation>
    </message>
    <message>
      <source>Is this right?</source>
      <translation>Stimmt das?</translation>
    </message>
    <message>
      <source>Yes (Y)</source>
      <translation>Ja (Y)</translation>
    </message>
    <message>
      <source>The tag is right for this photo (Y)</source>
      <translation>Das Schlagwort stimmt für dieses Foto (Y)</translation>
    </message>
    <message>
      <source>No (N)</source>
      <translation>Nein (N)</translation>
    </message>
    <message>
      <source>The tag is wrong for this photo (N)</source>
      <translation>Das Schlagwort stimmt nicht für dieses Foto (N)</translation>
    </message>
    <message>
      <source>Other photos</source>
      <translation>Andere Fotos</translation>
    </message>
    <message numerus="yes">
      <source>%Ln photo(s)</source>
      <translation>
        <numerusform>%Ln Foto</numerusform>
        <numerusform>%Ln Fotos</numerusform>
      </translation>
    </message>
    <message>
      <source>{tag} – {photos}</source>
      <translation>{tag} – {photos}</translation>
    </message>
    <message>
      <source>Likely</source>
      <translation>Wahrscheinlich</translation>
    </message>
    <message>
      <source>Unsure</source>
      <translation>Unsicher</translation>
    </message>
    <message>
      <source>Unlikely</source>
      <translation>Unwahrscheinlich</translation>
    </message>
    <message numerus="yes">
      <source>%Ln photo(s) gained</source>
      <translation>
        <numerusform>%Ln Foto gewonnen</numerusform>
        <numerusform>%Ln Fotos gewonnen</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%Ln photo(s) lost</source>
      <translation>
        <numerusform>%Ln Foto verloren</numerusform>
        <numerusform>%Ln Fotos verloren</numerusform>
      </translation>
    </message>
    <message>
      <source>{changes} “{tag}”.</source>
      <translation>{changes}: „{tag}“.</translation>
    </message>
    <message>
      <source>No other photo changed.</source>
      <translation>Kein anderes Foto hat sich geändert.</translation>
    </message>
    <message>
      <source>Undone.</source>
      <translation>Rückgängig gemacht.</translation>
    </message>
    <message>
      <source>Tags are being found. Questions come as soon as that is done.</source>
      <translation>Schlagwörter werden gesucht. Fragen kommen, sobald das geschehen ist.</translation>
    </message>
    <message>
      <source>There is nothing to ask about this tag.</source>
      <translation>Zu diesem Schlagwort gibt es nichts zu fragen.</translation>
    </message>
  </context>
  <context>
    <name>RunStatus</name>
    <message>
      <source>Changes in {folder} appear within a few minutes.</source>
      <translation>Änderungen in {folder} erscheinen innerhalb einiger Minuten.</translation>
    </message>
  </context>
  <context>
    <name>SearchBar</name>
    <message>
      <source>Saved searches</source>
      <translation>Gespeicherte Suchen</translation>
    </message>
    <message>
      <source>a part of {name}</source>
      <translation>ein Teil von {name}</translation>
    </message>
    <message>
      <source>Forget recent searches</source>
      <translation>Letzte Suchen vergessen</translation>
    </message>
    <message>
      <source>Best first</source>
      <translation>Beste zuerst</translation>
    </message>
    <message>
      <source>Newest first</source>
      <translation>Neueste zuerst</translation>
    </message>
    <message>
      <source>Oldest first</source>
      <translation>Älteste zuerst</translation>
    </message>
    <message>
      <source>Best rated first</source>
      <translation>Bestbewertete zuerst</translation>
    </message>
    <message>
      <source>By name</source>
      <translation>Nach Name</translation>
    </message>
    <message>
      <source>Largest file first</source>
      <translation>Größte Datei zuerst</translation>
    </message>
    <message>
      <source>Order</source>
      <translation>Sortierung</translation>
    </message>
  </context>
  <context>
    <name>SearchField</name>
    <message>
      <source>{filter}   Tab</source>
      <translation>{filter}   Tab</translation>
    </message>
    <message>
      <source>Search for {term}</source>
      <translation>Nach {term} suchen</translation>
    </message>
    <message>
      <source>Clear the search</source>
      <translation>Suche leeren</translation>
    </message>
    <message>
      <source>Search your photos: dog on the beach</source>
      <translation>Fotos durchsuchen: dog on the beach</translation>
    </message>
  </context>
  <context>
    <name>ShortcutSheet</name>
    <message>
      <source>Keyboard shortcuts</source>
      <translation>Tastenkürzel</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Schließen</translation>
    </message>
  </context>
  <context>
    <name>SmallMap</name>
    <message>
      <source>Show on the map</source>
      <translation>Auf der Karte zeigen</translation>
    </message>
  </context>
  <context>
    <name>SourceTree</name>
    <message>
      <source>Sidebar</source>
      <translation>Seitenleiste</translation>
    </message>
  </context>
  <context>
    <name>StatusBar</name>
    <message>
      <source>Status</source>
      <translation>Status</translation>
    </message>
    <message>
      <source>reset</source>
      <translation>zurücksetzen</translation>
    </message>
    <message>
      <source>Reset the filters</source>
      <translation>Filter zurücksetzen</translation>
    </message>
    <message>
      <source>{selected} of {shown} selected</source>
      <translation>{selected} von {shown} ausgewählt</translation>
    </message>
    <message numerus="yes">
      <source>%Ln filter(s)</source>
      <translation>
        <numerusform>%Ln Filter</numerusform>
        <numerusform>%Ln Filter</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>SuggestionCards</name>
    <message numerus="yes">
      <source>%Ln more</source>
      <translation>
        <numerusform>%Ln weiterer</numerusform>
        <numerusform>%Ln weitere</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%Ln photo(s) would make the album “{name}”</source>
      <translation>
        <numerusform>%Ln Foto ergäbe das Album „{name}“</numerusform>
        <numerusform>%Ln Fotos ergäben das Album „{name}“</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%Ln photo(s) would join “{name}”</source>
      <translation>
        <numerusform>%Ln Foto käme zu „{name}“</numerusform>
        <numerusform>%Ln Fotos kämen zu „{name}“</numerusform>
      </translation>
    </message>
    <message>
      <source>Show</source>
      <translation>Zeigen</translation>
    </message>
    <message>
      <source>Yes</source>
      <translation>Ja</translation>
    </message>
    <message>
      <source>No</source>
      <translation>Nein</translation>
    </message>
  </context>
  <context>
    <name>TagBatchDialog</name>
    <message>
      <source>Accept suggested tags</source>
      <translation>Vorgeschlagene Schlagwörter annehmen</translation>
    </message>
    <message numerus="yes">
      <source>Looking at %Ln photo(s); nothing changes yet.</source>
      <translation>
        <numerusform>%Ln Foto wird angesehen; noch ändert sich nichts.</numerusform>
        <numerusform>%Ln Fotos werden angesehen; noch ändert sich nichts.</numerusform>
      </translation>
    </message>
    <message>
      <source>How sure</source>
      <translation>Wie sicher</translation>
    </message>
    <message>
      <source>Tag</source>
      <translation>Schlagwort</translation>
    </message>
    <message>
      <source>Photos</source>
      <translation>Fotos</translation>
    </message>
    <message>
      <source>Tags and the photos that would get them</source>
      <translation>Schlagwörter und die Fotos, die sie bekämen</translation>
    </message>
    <message>
      <source>Samples, the surest first</source>
      <translation>Beispiele, das sicherste zuerst</translation>
    </message>
    <message>
      <source>Accept</source>
      <translation>Annehmen</translation>
    </message>
    <message>
      <source>The surest photos of the chosen tag:</source>
      <translation>Die sichersten Fotos des gewählten Schlagworts:</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Abbrechen</translation>
    </message>
    <message>
      <source>{percent} and more</source>
      <translation>{percent} und mehr</translation>
    </message>
    <message numerus="yes">
      <source>%Ln suggestion(s)</source>
      <translation>
        <numerusform>%Ln Vorschlag</numerusform>
        <numerusform>%Ln Vorschläge</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%Ln tag(s)</source>
      <translation>
        <numerusform>%Ln Schlagwort</numerusform>
        <numerusform>%Ln Schlagwörter</numerusform>
      </translation>
    </message>
    <message>
      <source>{suggestions}, {tags}. One step of undo takes all of it back.</source>
      <translation>{suggestions}, {tags}. Ein Schritt Rückgängig nimmt alles zurück.</translation>
    </message>
  </context>
  <context>
    <name>TagChip</name>
    <message>
      <source>Yes, {tag}</source>
      <translation>Ja, {tag}</translation>
    </message>
    <message>
      <source>Yes, this is right (Y)</source>
      <translation>Ja, das stimmt (Y)</translation>
    </message>
    <message>
      <source>No, not {tag}</source>
      <translation>Nein, nicht {tag}</translation>
    </message>
    <message>
      <source>No, this is wrong (N)</source>
      <translation>Nein, das stimmt nicht (N)</translation>
    </message>
    <message>
      <source>Y for yes, N for no, Enter for why</source>
      <translation>Y für Ja, N für Nein, Eingabe für Warum</translation>
    </message>
    <message>
      <source>yes</source>
      <translation>ja</translation>
    </message>
    <message>
      <source>no</source>
      <translation>nein</translation>
    </message>
    <message>
      <source>from the file</source>
      <translation>aus der Datei</translation>
    </message>
    <message>
      <source>maybe</source>
      <translation>vielleicht</translation>
    </message>
    <message>
      <source>all</source>
      <translation>alle</translation>
    </message>
    <message>
      <source>{on} of {of}</source>
      <translation>{on} von {of}</translation>
    </message>
  </context>
  <context>
    <name>TagEntry</name>
    <message>
      <source>Name of a tag</source>
      <translation>Name eines Schlagworts</translation>
    </message>
    <message>
      <source>Add tag</source>
      <translation>Schlagwort hinzufügen</translation>
    </message>
  </context>
  <context>
    <name>TagForm</name>
    <message>
      <source>A person: applied by hand only</source>
      <translation>Eine Person: nur von Hand vergeben</translation>
    </message>
    <message>
      <source>Use this tag</source>
      <translation>Dieses Schlagwort verwenden</translation>
    </message>
    <message>
      <source>Save</source>
      <translation>Speichern</translation>
    </message>
    <message>
      <source>Revert</source>
      <translation>Zurücksetzen</translation>
    </message>
    <message>
      <source>Remove</source>
      <translation>Entfernen</translation>
    </message>
    <message>
      <source>{photos}, no on {count}</source>
      <translation>{photos}, Nein bei {count}</translation>
    </message>
    <message>
      <source>No tag chosen</source>
      <translation>Kein Schlagwort gewählt</translation>
    </message>
    <message>
      <source>Choose a tag to see what Photosort looks for, and change it.</source>
      <translation>Wählen Sie ein Schlagwort, um zu sehen, woran Photosort es erkennt, und das zu ändern.</translation>
    </message>
    <message>
      <source>&amp;Name</source>
      <translation>&amp;Name</translation>
    </message>
    <message>
      <source>&amp;Below</source>
      <translation>&amp;Unter</translation>
    </message>
    <message>
      <source>The tag above it in the tree, or nothing.</source>
      <translation>Das Schlagwort darüber im Baum, oder nichts.</translation>
    </message>
    <message>
      <source>&amp;Other words</source>
      <translation>&amp;Andere Wörter</translation>
    </message>
    <message>
      <source>One a line; searches find them.</source>
      <translation>Eines je Zeile; die Suche findet sie.</translation>
    </message>
    <message>
      <source>What one &amp;sees</source>
      <translation>Was man &amp;sieht</translation>
    </message>
    <message>
      <source>One a line, a visible feature each: four legs, a wet nose.</source>
      <translation>Je Zeile ein sichtbares Merkmal: vier Beine, eine nasse Nase.</translation>
    </message>
    <message>
      <source>What &amp;photos show</source>
      <translation>Was &amp;Fotos zeigen</translation>
    </message>
    <message>
      <source>Whole sentences, one a line.</source>
      <translation>Ganze Sätze, einer je Zeile.</translation>
    </message>
  </context>
  <context>
    <name>TagsBox</name>
    <message>
      <source>No tags yet.</source>
      <translation>Noch keine Schlagwörter.</translation>
    </message>
    <message>
      <source>Add tag</source>
      <translation>Schlagwort hinzufügen</translation>
    </message>
    <message>
      <source>Add a tag to the selected photos (T)</source>
      <translation>Den ausgewählten Fotos ein Schlagwort geben (T)</translation>
    </message>
    <message>
      <source>Name of a tag</source>
      <translation>Name eines Schlagworts</translation>
    </message>
    <message>
      <source>Tag</source>
      <translation>Schlagwort</translation>
    </message>
    <message>
      <source>Yes, {tag}</source>
      <translation>Ja, {tag}</translation>
    </message>
    <message>
      <source>No, not {tag}</source>
      <translation>Nein, nicht {tag}</translation>
    </message>
    <message>
      <source>Why?</source>
      <translation>Warum?</translation>
    </message>
    <message>
      <source>Show all photos with {tag}</source>
      <translation>Alle Fotos mit {tag} zeigen</translation>
    </message>
  </context>
  <context>
    <name>TagsPage</name>
    <message>
      <source>Find a tag</source>
      <translation>Schlagwort suchen</translation>
    </message>
    <message>
      <source>Tag</source>
      <translation>Schlagwort</translation>
    </message>
    <message>
      <source>Photos</source>
      <translation>Fotos</translation>
    </message>
    <message>
      <source>Suggested</source>
      <translation>Vorgeschlagen</translation>
    </message>
    <message>
      <source>Tags</source>
      <translation>Schlagwörter</translation>
    </message>
    <message>
      <source>Import…</source>
      <translation>Importieren …</translation>
    </message>
    <message>
      <source>Export…</source>
      <translation>Exportieren …</translation>
    </message>
    <message>
      <source>New tag</source>
      <translation>Neues Schlagwort</translation>
    </message>
    <message>
      <source>{count} tags are in use.</source>
      <translation>{count} Schlagwörter sind in Gebrauch.</translation>
    </message>
    <message>
      <source>{model} offers {offered} of {count} tags: those at which it was measured to be good. The others are found by searching, and are offered once your answers show that they are right.</source>
      <translation>{model} schlägt {offered} von {count} Schlagwörter vor: die, bei denen es gemessen gut ist. Die anderen findet die Suche, und sie werden vorgeschlagen, sobald Ihre Antworten zeigen, dass sie stimmen.</translation>
    </message>
    <message>
      <source>{model} offers {offered} of {count} tags: those that the model before it offered. The others are found by searching, and are offered once your answers show that they are right.</source>
      <translation>{model} schlägt {offered} von {count} Schlagwörtern vor: die, die das Modell davor vorgeschlagen hat. Die anderen findet die Suche, und sie werden vorgeschlagen, sobald Ihre Antworten zeigen, dass sie stimmen.</translation>
    </message>
    <message>
      <source>{model} was never measured, so it offers a tag only once your answers show that it is right: {offered} of {count} so far. Say yes or no to a few photos under Review. The others are found by searching.</source>
      <translation>{model} wurde nie gemessen und schlägt ein Schlagwort deshalb erst vor, wenn Ihre Antworten zeigen, dass es stimmt: bisher {offered} von {count}. Unter „Durchsicht“ zu ein paar Fotos Ja oder Nein sagen. Die übrigen findet die Suche.</translation>
    </message>
    <message>
      <source>Tags of {pack}, {count}</source>
      <translation>Schlagwörter aus {pack}, {count}</translation>
    </message>
    <message>
      <source>switched off</source>
      <translation>ausgeschaltet</translation>
    </message>
    <message>
      <source>by hand</source>
      <translation>von Hand</translation>
    </message>
    <message>
      <source>offered</source>
      <translation>ja</translation>
    </message>
    <message>
      <source>Import tags</source>
      <translation>Schlagwörter importieren</translation>
    </message>
    <message>
      <source>Lists of tags ({endings})</source>
      <translation>Schlagwortlisten ({endings})</translation>
    </message>
    <message>
      <source>Export tags</source>
      <translation>Schlagwörter exportieren</translation>
    </message>
    <message numerus="yes">
      <source>%Ln tag(s) written to {file}.</source>
      <translation>
        <numerusform>%Ln Schlagwort in {file} geschrieben.</numerusform>
        <numerusform>%Ln Schlagwörter in {file} geschrieben.</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>TermChip</name>
    <message>
      <source>Remove {term}</source>
      <translation>{term} entfernen</translation>
    </message>
    <message>
      <source>without {term}</source>
      <translation>ohne {term}</translation>
    </message>
    <message>
      <source>{text}; Enter edits it, Delete removes it</source>
      <translation>{text}; Eingabe bearbeitet, Entf entfernt</translation>
    </message>
  </context>
  <context>
    <name>TextEditor</name>
    <message>
      <source>Save</source>
      <translation>Sichern</translation>
    </message>
    <message>
      <source>Title</source>
      <translation>Titel</translation>
    </message>
    <message>
      <source>Caption</source>
      <translation>Beschreibung</translation>
    </message>
  </context>
  <context>
    <name>Toast</name>
    <message>
      <source>Undo</source>
      <translation>Rückgängig</translation>
    </message>
    <message>
      <source>Show</source>
      <translation>Anzeigen</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Schließen</translation>
    </message>
  </context>
  <context>
    <name>TopBar</name>
    <message>
      <source>Zoom</source>
      <translation>Zoom</translation>
    </message>
    <message>
      <source>Back to the photos</source>
      <translation>Zurück zu den Fotos</translation>
    </message>
    <message>
      <source>Zoom out</source>
      <translation>Verkleinern</translation>
    </message>
    <message>
      <source>Zoom in</source>
      <translation>Vergrößern</translation>
    </message>
    <message>
      <source>Show the whole photo</source>
      <translation>Ganzes Foto zeigen</translation>
    </message>
    <message>
      <source>Actual size</source>
      <translation>Originalgröße</translation>
    </message>
    <message>
      <source>Slideshow</source>
      <translation>Diashow</translation>
    </message>
    <message>
      <source>Information</source>
      <translation>Informationen</translation>
    </message>
    <message>
      <source>Show where it matched</source>
      <translation>Zeigen, wo es passt</translation>
    </message>
    <message>
      <source>Histogram and clipping</source>
      <translation>Histogramm und Beschneidung</translation>
    </message>
    <message>
      <source>Search by a part of the photo</source>
      <translation>Mit einem Teil des Fotos suchen</translation>
    </message>
    <message>
      <source>Full screen</source>
      <translation>Vollbild</translation>
    </message>
  </context>
  <context>
    <name>TrashController</name>
    <message>
      <source>Moving to the wastebasket</source>
      <translation>Verschieben in den Papierkorb</translation>
    </message>
    <message numerus="yes">
      <source>%Ln photo(s) could not be moved to the wastebasket and are where they were.</source>
      <translation>
        <numerusform>%Ln Foto konnte nicht in den Papierkorb verschoben werden und liegt, wo es lag.</numerusform>
        <numerusform>%Ln Fotos konnten nicht in den Papierkorb verschoben werden und liegen, wo sie lagen.</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>TrashDialog</name>
    <message numerus="yes">
      <source>Move %Ln photo(s) to the wastebasket?</source>
      <translation>
        <numerusform>%Ln Foto in den Papierkorb verschieben?</numerusform>
        <numerusform>%Ln Fotos in den Papierkorb verschieben?</numerusform>
      </translation>
    </message>
    <message>
      <source>These photos cannot be moved to the wastebasket</source>
      <translation>Diese Fotos können nicht in den Papierkorb verschoben werden</translation>
    </message>
    <message>
      <source>With them go: {files}</source>
      <translation>Mit ihnen gehen: {files}</translation>
    </message>
    <message>
      <source>Undo brings them back. Tags, stars and albums are kept in the library as well.</source>
      <translation>Rückgängig holt sie zurück. Auch Schlagwörter, Sterne und Alben bleiben in der Bibliothek erhalten.</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Abbrechen</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Schließen</translation>
    </message>
    <message>
      <source>Move to wastebasket</source>
      <translation>In den Papierkorb</translation>
    </message>
    <message numerus="yes">
      <source>%Ln photo(s) stay:</source>
      <translation>
        <numerusform>%Ln Foto bleibt:</numerusform>
        <numerusform>%Ln Fotos bleiben:</numerusform>
      </translation>
    </message>
    <message>
      <source>Photos that stay</source>
      <translation>Fotos, die bleiben</translation>
    </message>
  </context>
  <context>
    <name>UpgradeLine</name>
    <message>
      <source>{done} of {total} photos upgraded to {model}</source>
      <translation>{done} von {total} Fotos mit {model} gesehen</translation>
    </message>
    <message>
      <source>The others are still searched, but only approximately: the model that saw them is gone.</source>
      <translation>Die übrigen werden weiter durchsucht, aber nur ungefähr: Das Modell, das sie gesehen hat, ist nicht mehr da.</translation>
    </message>
    <message>
      <source>Search goes on: the others are found by the model before, and those on screen come first.</source>
      <translation>Die Suche geht weiter: Die übrigen findet das vorige Modell, und was zu sehen ist, kommt zuerst.</translation>
    </message>
  </context>
  <context>
    <name>WelcomePage</name>
    <message>
      <source>Find any photo by saying what is in it</source>
      <translation>Jedes Foto finden: einfach sagen, was darauf ist</translation>
    </message>
    <message>
      <source>Photosort looks at your photos, tags them, and groups them into albums.</source>
      <translation>Photosort sieht die Fotos an, verschlagwortet sie und fasst sie zu Alben zusammen.</translation>
    </message>
    <message>
      <source>Nothing leaves this computer, and your photos are never changed.</source>
      <translation>Nichts verlässt diesen Computer, und die Fotos werden nie verändert.</translation>
    </message>
    <message>
      <source>Import from a camera card or phone…</source>
      <translation>Von Speicherkarte oder Telefon importieren …</translation>
    </message>
    <message>
      <source>Look around with demonstration photos</source>
      <translation>Mit Beispielfotos umsehen</translation>
    </message>
  </context>
  <context>
    <name>WhyPanel</name>
    <message>
      <source>Why {tag}</source>
      <translation>Warum {tag}</translation>
    </message>
    <message numerus="yes">
      <source>Like %Ln photo(s) you said yes to.</source>
      <translation>
        <numerusform>Ähnelt %Ln Foto, das mit Ja beantwortet ist.</numerusform>
        <numerusform>Ähnelt %Ln Fotos, die mit Ja beantwortet sind.</numerusform>
      </translation>
    </message>
    <message>
      <source>Yes</source>
      <translation>Ja</translation>
    </message>
    <message>
      <source>No</source>
      <translation>Nein</translation>
    </message>
    <message>
      <source>Show where</source>
      <translation>Stelle zeigen</translation>
    </message>
    <message>
      <source>All photos with it</source>
      <translation>Alle Fotos damit</translation>
    </message>
    <message>
      <source>Written in the file by another program.</source>
      <translation>Von einem anderen Programm in die Datei geschrieben.</translation>
    </message>
    <message>
      <source>You said yes.</source>
      <translation>Mit Ja beantwortet.</translation>
    </message>
    <message>
      <source>You said no.</source>
      <translation>Mit Nein beantwortet.</translation>
    </message>
    <message>
      <source>Suggested from what is seen in the picture.</source>
      <translation>Vorgeschlagen nach dem, was im Bild zu sehen ist.</translation>
    </message>
    <message>
      <source>About {share} sure, estimated: your answers will show.</source>
      <translation>Etwa {share} sicher, geschätzt: Ihre Antworten werden es zeigen.</translation>
    </message>
    <message>
      <source>{share} sure, from the picture as a whole.</source>
      <translation>Zu {share} sicher, nach dem Bild als Ganzem.</translation>
    </message>
    <message>
      <source>{share} sure, because of:</source>
      <translation>Zu {share} sicher, wegen:</translation>
    </message>
    <message>
      <source>not: {reason}</source>
      <translation>nicht: {reason}</translation>
    </message>
    <message>
      <source>{reason}: speaks against it</source>
      <translation>{reason}: spricht dagegen</translation>
    </message>
    <message>
      <source>{reason}: speaks for it, strongly</source>
      <translation>{reason}: spricht stark dafür</translation>
    </message>
    <message>
      <source>{reason}: speaks for it, a little</source>
      <translation>{reason}: spricht etwas dafür</translation>
    </message>
  </context>
  <context>
    <name>WorkerStrip</name>
    <message>
      <source>Details</source>
      <translation>Einzelheiten</translation>
    </message>
    <message>
      <source>Pause</source>
      <translation>Pause</translation>
    </message>
    <message>
      <source>Stop; what is done is kept</source>
      <translation>Anhalten; was fertig ist, bleibt</translation>
    </message>
    <message numerus="yes">
      <source>%Ln not usable</source>
      <translation>
        <numerusform>%Ln nicht verwendbar</numerusform>
        <numerusform>%Ln nicht verwendbar</numerusform>
      </translation>
    </message>
    <message>
      <source>Resume</source>
      <translation>Fortsetzen</translation>
    </message>
    <message>
      <source>{phase}: done</source>
      <translation>{phase}: fertig</translation>
    </message>
    <message>
      <source>{phase} {done} of {total}</source>
      <translation>{phase} {done} von {total}</translation>
    </message>
    <message>
      <source>paused</source>
      <translation>angehalten</translation>
    </message>
    <message>
      <source>{time} left</source>
      <translation>noch {time}</translation>
    </message>
  </context>
  <context>
    <name>Workspace</name>
    <message>
      <source>Sidebar (F9)</source>
      <translation>Seitenleiste (F9)</translation>
    </message>
    <message>
      <source>Information (I)</source>
      <translation>Informationen (I)</translation>
    </message>
    <message>
      <source>Filters (Ctrl+Shift+F)</source>
      <translation>Filter (Strg+Umschalt+F)</translation>
    </message>
    <message>
      <source>Menu</source>
      <translation>Menü</translation>
    </message>
  </context>
  <context>
    <name>ZoomSlider</name>
    <message>
      <source>Size of the photos</source>
      <translation>Größe der Fotos</translation>
    </message>
    <message>
      <source>Size of the photos (Ctrl and the mouse wheel)</source>
      <translation>Größe der Fotos (Strg und Mausrad)</translation>
    </message>
    <message>
      <source>Smaller</source>
      <translation>Kleiner</translation>
    </message>
    <message>
      <source>Larger</source>
      <translation>Größer</translation>
    </message>
  </context>
  <context>
    <name>_Edit</name>
    <message>
      <source>Search</source>
      <translation>Suchen</translation>
    </message>
    <message>
      <source>Words describe the picture; filters such as camera: or after: narrow it down</source>
      <translation>Wörter beschreiben das Bild; Filter wie camera: oder after: grenzen ein</translation>
    </message>
  </context>
  <context>
    <name>_ImportLine</name>
    <message>
      <source>Choose a file…</source>
      <translation>Datei wählen…</translation>
    </message>
    <message>
      <source>Reading {file}…</source>
      <translation>{file} wird gelesen…</translation>
    </message>
    <message>
      <source>{model} is ready; its card is above.</source>
      <translation>{model} ist bereit; seine Karte steht oben.</translation>
    </message>
    <message>
      <source>No network here? Drop a model file (.safetensors) or its folder on this page.</source>
      <translation>Kein Netz? Ziehen Sie eine Modelldatei (.safetensors) oder ihren Ordner auf diese Seite.</translation>
    </message>
  </context>
  <context>
    <name>albums</name>
    <message>
      <source>{photos} of {days}</source>
      <translation>{photos} vom {days}</translation>
    </message>
    <message>
      <source>{share} with a position, most of them in {place}</source>
      <translation>{share} mit Position, die meisten davon in {place}</translation>
    </message>
    <message>
      <source>{word}: {these} of these, {rest} of the rest</source>
      <translation>{word}: {these} von diesen, {rest} der übrigen</translation>
    </message>
    <message>
      <source>{day}-{date}</source>
      <extracomment>Days of one month: "12-15 May 2022".</extracomment>
      <translation>{day}.-{date}</translation>
    </message>
    <message>
      <source>d MMMM</source>
      <extracomment>Date format of Qt without the year: "28 May".</extracomment>
      <translation>d. MMMM</translation>
    </message>
    <message>
      <source>{first} - {last}</source>
      <translation>{first} - {last}</translation>
    </message>
    <message numerus="yes">
      <source>%Ln photo(s) that look alike</source>
      <translation>
        <numerusform>%Ln Foto, das sich ähnelt</numerusform>
        <numerusform>%Ln Fotos, die sich ähneln</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>backups</name>
    <message>
      <source>damaged</source>
      <translation>beschädigt</translation>
    </message>
    <message>
      <source>daily</source>
      <translation>täglich</translation>
    </message>
    <message>
      <source>by hand</source>
      <translation>von Hand</translation>
    </message>
    <message>
      <source>before a large change</source>
      <translation>vor einer großen Änderung</translation>
    </message>
    <message>
      <source>The backup is restored. The library as it was before is kept as {path}.</source>
      <translation>Die Sicherung ist wiederhergestellt. Der vorherige Stand der Bibliothek liegt in {path}.</translation>
    </message>
  </context>
  <context>
    <name>book</name>
    <message>
      <source>picked</source>
      <translation>behalten</translation>
    </message>
    <message>
      <source>discarded</source>
      <translation>aussortiert</translation>
    </message>
    <message numerus="yes">
      <source>%n star(s)</source>
      <translation>
        <numerusform>%n Stern</numerusform>
        <numerusform>%n Sterne</numerusform>
      </translation>
    </message>
    <message>
      <source>tagged</source>
      <translation>verschlagwortet</translation>
    </message>
    <message>
      <source>tags suggested</source>
      <translation>Schlagwörter vorgeschlagen</translation>
    </message>
    <message>
      <source>there are copies</source>
      <translation>es gibt Kopien</translation>
    </message>
    <message>
      <source>This file cannot be read</source>
      <translation>Diese Datei ist nicht lesbar</translation>
    </message>
    <message>
      <source>This file is no longer there</source>
      <translation>Diese Datei ist nicht mehr da</translation>
    </message>
  </context>
  <context>
    <name>browser</name>
    <message>
      <source>{month} {year}</source>
      <translation>{month} {year}</translation>
    </message>
    <message numerus="yes">
      <source>{searchable} of %Ln photo(s) can be searched so far.</source>
      <translation>
        <numerusform>{searchable} von %Ln Foto kann bisher durchsucht werden.</numerusform>
        <numerusform>{searchable} von %Ln Fotos können bisher durchsucht werden.</numerusform>
      </translation>
    </message>
    <message>
      <source>“{said}” says nothing about a photo; add a word for what it shows.</source>
      <translation>„{said}“ sagt nichts über ein Foto; ergänze ein Wort für das, was darauf ist.</translation>
    </message>
    <message>
      <source>“{said}” was read as “{meant}”.</source>
      <translation>„{said}“ wurde als „{meant}“ gelesen.</translation>
    </message>
    <message>
      <source>The picture model does not read {language}; names, tags and captions count.</source>
      <translation>Das Bildmodell liest kein {language}; Namen, Stichwörter und Bildunterschriften zählen.</translation>
    </message>
    <message>
      <source>There is no tag “{name}”.</source>
      <translation>Es gibt kein Schlagwort „{name}“.</translation>
    </message>
    <message>
      <source>There is no album “{name}”.</source>
      <translation>Es gibt kein Album „{name}“.</translation>
    </message>
    <message>
      <source>There is no camera “{name}”.</source>
      <translation>Es gibt keine Kamera „{name}“.</translation>
    </message>
    <message>
      <source>There is no lens “{name}”.</source>
      <translation>Es gibt kein Objektiv „{name}“.</translation>
    </message>
    <message>
      <source>There is no place “{name}”.</source>
      <translation>Es gibt keinen Ort „{name}“.</translation>
    </message>
    <message>
      <source>Did you mean “{name}”?</source>
      <translation>Meinten Sie „{name}“?</translation>
    </message>
    <message>
      <source>In {place}</source>
      <translation>In {place}</translation>
    </message>
    <message>
      <source>Tagged {tag}</source>
      <translation>Mit dem Schlagwort {tag}</translation>
    </message>
    <message>
      <source>“{words}” in names and captions</source>
      <translation>„{words}“ in Namen und Bildunterschriften</translation>
    </message>
    <message numerus="yes">
      <source>%Ln good match(es)</source>
      <translation>
        <numerusform>%Ln guter Treffer</numerusform>
        <numerusform>%Ln gute Treffer</numerusform>
      </translation>
    </message>
    <message>
      <source>Nothing in your library looks like this. The closest:</source>
      <translation>Nichts in deiner Bibliothek sieht so aus. Am nächsten kommen:</translation>
    </message>
    <message>
      <source>No sure match. The closest:</source>
      <translation>Kein sicherer Treffer. Am nächsten kommen:</translation>
    </message>
    <message numerus="yes">
      <source>Show %Ln possible match(es)</source>
      <translation>
        <numerusform>%Ln möglichen Treffer zeigen</numerusform>
        <numerusform>%Ln mögliche Treffer zeigen</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%Ln possible match(es)</source>
      <translation>
        <numerusform>%Ln möglicher Treffer</numerusform>
        <numerusform>%Ln mögliche Treffer</numerusform>
      </translation>
    </message>
    <message>
      <source>Without a date</source>
      <translation>Ohne Datum</translation>
    </message>
  </context>
  <context>
    <name>editing</name>
    <message>
      <source>no date</source>
      <translation>kein Datum</translation>
    </message>
    <message numerus="yes">
      <source>and %Ln more photo(s)</source>
      <translation>
        <numerusform>und %Ln weiteres Foto</numerusform>
        <numerusform>und %Ln weitere Fotos</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>filters</name>
    <message>
      <source>Stars</source>
      <translation>Sterne</translation>
    </message>
    <message>
      <source>Flag</source>
      <translation>Markierung</translation>
    </message>
    <message>
      <source>Kind</source>
      <translation>Art</translation>
    </message>
    <message>
      <source>Camera</source>
      <translation>Kamera</translation>
    </message>
    <message>
      <source>Lens</source>
      <translation>Objektiv</translation>
    </message>
    <message>
      <source>Date</source>
      <translation>Datum</translation>
    </message>
    <message>
      <source>Place</source>
      <translation>Ort</translation>
    </message>
    <message>
      <source>Tags</source>
      <translation>Schlagwörter</translation>
    </message>
    <message numerus="yes">
      <source>%n star(s) or more</source>
      <translation>
        <numerusform>%n Stern oder mehr</numerusform>
        <numerusform>%n Sterne oder mehr</numerusform>
      </translation>
    </message>
    <message>
      <source>from {date}</source>
      <translation>ab {date}</translation>
    </message>
    <message>
      <source>before {date}</source>
      <translation>vor {date}</translation>
    </message>
    <message>
      <source>No stars</source>
      <translation>Keine Sterne</translation>
    </message>
    <message>
      <source>Picked</source>
      <translation>Behalten</translation>
    </message>
    <message>
      <source>Discarded</source>
      <translation>Aussortiert</translation>
    </message>
    <message>
      <source>No flag</source>
      <translation>Ohne Markierung</translation>
    </message>
    <message>
      <source>Without a date</source>
      <translation>Ohne Datum</translation>
    </message>
    <message>
      <source>Without a place</source>
      <translation>Ohne Ort</translation>
    </message>
    <message>
      <source>Answered with yes</source>
      <translation>Mit Ja beantwortet</translation>
    </message>
    <message>
      <source>From files</source>
      <translation>Aus Dateien</translation>
    </message>
    <message>
      <source>With suggestions</source>
      <translation>Mit Vorschlägen</translation>
    </message>
    <message>
      <source>Answered with no</source>
      <translation>Mit Nein beantwortet</translation>
    </message>
    <message>
      <source>Not reviewed</source>
      <translation>Ungeprüft</translation>
    </message>
    <message>
      <source>Without tags</source>
      <translation>Ohne Schlagwörter</translation>
    </message>
  </context>
  <context>
    <name>firststeps</name>
    <message>
      <source>a beach</source>
      <translation>ein Strand</translation>
    </message>
    <message>
      <source>snowy mountains</source>
      <translation>verschneite Berge</translation>
    </message>
    <message>
      <source>a dog</source>
      <translation>ein Hund</translation>
    </message>
    <message>
      <source>a cat</source>
      <translation>eine Katze</translation>
    </message>
    <message>
      <source>people at a table</source>
      <translation>Menschen an einem Tisch</translation>
    </message>
    <message>
      <source>a sunset</source>
      <translation>ein Sonnenuntergang</translation>
    </message>
    <message>
      <source>flowers</source>
      <translation>Blumen</translation>
    </message>
    <message>
      <source>food on a plate</source>
      <translation>Essen auf einem Teller</translation>
    </message>
    <message>
      <source>a city at night</source>
      <translation>eine Stadt bei Nacht</translation>
    </message>
    <message>
      <source>boats on the water</source>
      <translation>Boote auf dem Wasser</translation>
    </message>
    <message>
      <source>a forest</source>
      <translation>ein Wald</translation>
    </message>
    <message>
      <source>a bicycle</source>
      <translation>ein Fahrrad</translation>
    </message>
    <message>
      <source>a birthday cake</source>
      <translation>eine Geburtstagstorte</translation>
    </message>
    <message>
      <source>a church</source>
      <translation>eine Kirche</translation>
    </message>
    <message>
      <source>a bridge</source>
      <translation>eine Brücke</translation>
    </message>
    <message>
      <source>a horse</source>
      <translation>ein Pferd</translation>
    </message>
    <message>
      <source>a bird</source>
      <translation>ein Vogel</translation>
    </message>
    <message>
      <source>a train</source>
      <translation>ein Zug</translation>
    </message>
    <message>
      <source>children playing</source>
      <translation>spielende Kinder</translation>
    </message>
    <message>
      <source>a concert</source>
      <translation>ein Konzert</translation>
    </message>
    <message>
      <source>a waterfall</source>
      <translation>ein Wasserfall</translation>
    </message>
    <message>
      <source>an old car</source>
      <translation>ein altes Auto</translation>
    </message>
    <message>
      <source>a wedding</source>
      <translation>eine Hochzeit</translation>
    </message>
    <message>
      <source>an aeroplane</source>
      <translation>ein Flugzeug</translation>
    </message>
  </context>
  <context>
    <name>guide</name>
    <message>
      <source>Describe what the photos show, in your own words. Filters such as after:2023 or camera:nikon can stand beside the words, and a minus before a word leaves out what shows it.</source>
      <translation>Beschreiben Sie mit eigenen Worten, was die Fotos zeigen. Filter wie after:2023 oder camera:nikon können neben den Worten stehen, und ein Minus vor einem Wort lässt aus, was es zeigt.</translation>
    </message>
    <message>
      <source>What the search can be narrowed to, each with the number of photos that it leaves. A choice becomes a filter in the search field; chosen again, it goes.</source>
      <translation>Worauf sich die Suche eingrenzen lässt, jeweils mit der Zahl der Fotos, die bleiben. Eine Auswahl wird zu einem Filter im Suchfeld; noch einmal gewählt, verschwindet sie.</translation>
    </message>
    <message>
      <source>Where your photos come from: all of them, by time, by folder, by tag. A click shows what belongs there.</source>
      <translation>Woher Ihre Fotos kommen: alle, nach Zeit, nach Ordner, nach Stichwort. Ein Klick zeigt, was dazugehört.</translation>
    </message>
    <message>
      <source>Your photos. The arrow keys move, Space or Enter opens one, Ctrl and the wheel change the size. Folders can be dropped here.</source>
      <translation>Ihre Fotos. Die Pfeiltasten bewegen, Leertaste oder Eingabe öffnet eines, Strg und das Mausrad ändern die Größe. Ordner können hier abgelegt werden.</translation>
    </message>
    <message>
      <source>What is known of the selected photos. Tags with a broken outline are suggestions: yes and no teach Photosort, and Why says what it saw.</source>
      <translation>Was über die ausgewählten Fotos bekannt ist. Stichwörter mit gestricheltem Rand sind Vorschläge: Ja und Nein lehren Photosort, und Warum sagt, was es gesehen hat.</translation>
    </message>
    <message>
      <source>What is selected, which filters are on, and what is being done in the background, which can be paused.</source>
      <translation>Was ausgewählt ist, welche Filter gelten und was im Hintergrund getan wird; das lässt sich anhalten.</translation>
    </message>
  </context>
  <context>
    <name>heat</name>
    <message>
      <source>Matches in the upper left.</source>
      <translation>Passt oben links.</translation>
    </message>
    <message>
      <source>Matches at the top.</source>
      <translation>Passt oben.</translation>
    </message>
    <message>
      <source>Matches in the upper right.</source>
      <translation>Passt oben rechts.</translation>
    </message>
    <message>
      <source>Matches on the left.</source>
      <translation>Passt links.</translation>
    </message>
    <message>
      <source>Matches in the middle.</source>
      <translation>Passt in der Mitte.</translation>
    </message>
    <message>
      <source>Matches on the right.</source>
      <translation>Passt rechts.</translation>
    </message>
    <message>
      <source>Matches in the lower left.</source>
      <translation>Passt unten links.</translation>
    </message>
    <message>
      <source>Matches at the bottom.</source>
      <translation>Passt unten.</translation>
    </message>
    <message>
      <source>Matches in the lower right.</source>
      <translation>Passt unten rechts.</translation>
    </message>
    <message>
      <source>Matches all over the photo.</source>
      <translation>Passt überall im Foto.</translation>
    </message>
  </context>
  <context>
    <name>knowledge</name>
    <message>
      <source>Photo</source>
      <translation>Foto</translation>
    </message>
    <message>
      <source>Video</source>
      <translation>Video</translation>
    </message>
    <message>
      <source>Screenshot</source>
      <translation>Bildschirmfoto</translation>
    </message>
    <message>
      <source>Received</source>
      <translation>Empfangen</translation>
    </message>
    <message>
      <source>Document</source>
      <translation>Dokument</translation>
    </message>
    <message>
      <source>Search</source>
      <translation>Suche</translation>
    </message>
    <message>
      <source>Tags</source>
      <translation>Schlagwörter</translation>
    </message>
    <message>
      <source>in the file name</source>
      <translation>im Dateinamen</translation>
    </message>
    <message>
      <source>in the tags</source>
      <translation>in den Stichwörtern</translation>
    </message>
    <message>
      <source>in the caption</source>
      <translation>in der Bildunterschrift</translation>
    </message>
    <message>
      <source>in the folder's name</source>
      <translation>im Ordnernamen</translation>
    </message>
    <message>
      <source>in the details</source>
      <translation>in den Einzelheiten</translation>
    </message>
    <message>
      <source>not: {words}</source>
      <translation>nicht: {words}</translation>
    </message>
    <message>
      <source>Kind</source>
      <translation>Art</translation>
    </message>
    <message>
      <source>{count} MP</source>
      <translation>{count} MP</translation>
    </message>
    <message>
      <source>Size</source>
      <translation>Größe</translation>
    </message>
    <message>
      <source>Brightness</source>
      <translation>Helligkeit</translation>
    </message>
    <message>
      <source>File size</source>
      <translation>Dateigröße</translation>
    </message>
    <message>
      <source>Date of the file</source>
      <translation>Datum der Datei</translation>
    </message>
    <message>
      <source>Lens</source>
      <translation>Objektiv</translation>
    </message>
    <message>
      <source>Exposure</source>
      <translation>Belichtung</translation>
    </message>
    <message>
      <source>Position</source>
      <translation>Position</translation>
    </message>
    <message>
      <source>People</source>
      <translation>Personen</translation>
    </message>
    <message>
      <source>Label</source>
      <translation>Markierung</translation>
    </message>
    <message>
      <source>N</source>
      <translation>N</translation>
    </message>
    <message>
      <source>S</source>
      <translation>S</translation>
    </message>
    <message>
      <source>E</source>
      <translation>O</translation>
    </message>
    <message>
      <source>W</source>
      <translation>W</translation>
    </message>
    <message>
      <source>raw</source>
      <translation>Raw</translation>
    </message>
    <message>
      <source>clip</source>
      <translation>Clip</translation>
    </message>
    <message>
      <source>edited</source>
      <translation>bearbeitet</translation>
    </message>
    <message>
      <source>its drive is not connected</source>
      <translation>Laufwerk nicht verbunden</translation>
    </message>
    <message>
      <source>no longer there</source>
      <translation>nicht mehr da</translation>
    </message>
    <message>
      <source>cannot be read</source>
      <translation>nicht lesbar</translation>
    </message>
  </context>
  <context>
    <name>models</name>
    <message>
      <source>Starter</source>
      <translation>Starter</translation>
    </message>
    <message>
      <source>Fast</source>
      <translation>Schnell</translation>
    </message>
    <message>
      <source>Balanced</source>
      <translation>Ausgewogen</translation>
    </message>
    <message>
      <source>Many languages</source>
      <translation>Viele Sprachen</translation>
    </message>
    <message>
      <source>Best</source>
      <translation>Am besten</translation>
    </message>
    <message>
      <source>Your own</source>
      <translation>Eigenes</translation>
    </message>
    <message>
      <source>English</source>
      <translation>Englisch</translation>
    </message>
    <message numerus="yes">
      <source>%Ln language(s)</source>
      <translation>
        <numerusform>%Ln Sprache</numerusform>
        <numerusform>%Ln Sprachen</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>packs</name>
    <message>
      <source>Everyday</source>
      <translation>Alltag</translation>
    </message>
    <message>
      <source>Travel</source>
      <translation>Reisen</translation>
    </message>
    <message>
      <source>Nature</source>
      <translation>Natur</translation>
    </message>
    <message>
      <source>Food</source>
      <translation>Essen</translation>
    </message>
    <message>
      <source>Family events</source>
      <translation>Familienfeste</translation>
    </message>
    <message>
      <source>Sports</source>
      <translation>Sport</translation>
    </message>
    <message>
      <source>Pets</source>
      <translation>Haustiere</translation>
    </message>
    <message>
      <source>City</source>
      <translation>Stadt</translation>
    </message>
    <message>
      <source>Work and documents</source>
      <translation>Arbeit und Dokumente</translation>
    </message>
    <message>
      <source>The starter</source>
      <translation>Der Starter</translation>
    </message>
    <message>
      <source>The picture model {name}</source>
      <translation>Das Bildmodell {name}</translation>
    </message>
  </context>
  <context>
    <name>run_progress</name>
    <message>
      <source>Stop</source>
      <translation>Anhalten</translation>
    </message>
  </context>
  <context>
    <name>showing</name>
    <message>
      <source>Press Enter to play this video in your video player.</source>
      <translation>Eingabe spielt dieses Video im Videoplayer ab.</translation>
    </message>
    <message>
      <source>The drive with this photo is not connected. Connect it to see more than the thumbnail.</source>
      <translation>Das Laufwerk mit diesem Foto ist nicht verbunden. Verbinden Sie es, um mehr als das Vorschaubild zu sehen.</translation>
    </message>
  </context>
  <context>
    <name>sources</name>
    <message>
      <source>Albums</source>
      <translation>Alben</translation>
    </message>
    <message>
      <source>All albums</source>
      <translation>Alle Alben</translation>
    </message>
    <message>
      <source>Folders</source>
      <translation>Ordner</translation>
    </message>
    <message>
      <source>Timeline</source>
      <translation>Zeitachse</translation>
    </message>
    <message>
      <source>Tags</source>
      <translation>Schlagwörter</translation>
    </message>
    <message>
      <source>All tags</source>
      <translation>Alle Schlagwörter</translation>
    </message>
    <message>
      <source>Saved searches</source>
      <translation>Gespeicherte Suchen</translation>
    </message>
    <message>
      <source>All photos</source>
      <translation>Alle Fotos</translation>
    </message>
    <message>
      <source>Recently added</source>
      <translation>Zuletzt hinzugefügt</translation>
    </message>
    <message>
      <source>On this day</source>
      <translation>An diesem Tag</translation>
    </message>
    <message>
      <source>Favourites</source>
      <translation>Favoriten</translation>
    </message>
    <message>
      <source>Map</source>
      <translation>Karte</translation>
    </message>
    <message>
      <source>Duplicates</source>
      <translation>Dubletten</translation>
    </message>
    <message>
      <source>Review</source>
      <translation>Durchsicht</translation>
    </message>
    <message>
      <source>Problems</source>
      <translation>Probleme</translation>
    </message>
    <message>
      <source>Discarded</source>
      <translation>Aussortiert</translation>
    </message>
    <message>
      <source>Picture models</source>
      <translation>Bildmodelle</translation>
    </message>
  </context>
  <context>
    <name>window</name>
    <message>
      <source>Restore</source>
      <translation>Wiederherstellen</translation>
    </message>
  </context>
  <context>
    <name>words</name>
    <message>
      <source>d MMMM yyyy</source>
      <extracomment>Date format of Qt: "15 May 2022".</extracomment>
      <translation>d. MMMM yyyy</translation>
    </message>
    <message>
      <source>{weekday}, {day}</source>
      <extracomment>"Sunday, 15 May 2022"</extracomment>
      <translation>{weekday}, {day}</translation>
    </message>
    <message numerus="yes">
      <source>%Ln photo(s)</source>
      <translation>
        <numerusform>%Ln Foto</numerusform>
        <numerusform>%Ln Fotos</numerusform>
      </translation>
    </message>
    <message>
      <source>likely</source>
      <translation>vermutlich</translation>
    </message>
    <message>
      <source>maybe</source>
      <translation>vielleicht</translation>
    </message>
    <message>
      <source>{number} %</source>
      <translation>{number} %</translation>
    </message>
    <message>
      <source>a few seconds</source>
      <translation>einige Sekunden</translation>
    </message>
    <message>
      <source>{seconds} s</source>
      <translation>{seconds} s</translation>
    </message>
    <message>
      <source>{minutes} min</source>
      <translation>{minutes} min</translation>
    </message>
    <message>
      <source>{hours} h</source>
      <translation>{hours} h</translation>
    </message>
    <message>
      <source>{hours} h {minutes} min</source>
      <translation>{hours} h {minutes} min</translation>
    </message>
    <message>
      <source>{number}/s</source>
      <translation>{number}/s</translation>
    </message>
    <message>
      <source>{number}/min</source>
      <translation>{number}/min</translation>
    </message>
    <message>
      <source>{done} of {total}</source>
      <translation>{done} von {total}</translation>
    </message>
  </context>
  <context>
    <name>sentences</name>
    <message>
      <source>"{action}" cannot be changed now, because "{later_action}" (entry {later_id}) changed the same things later; undo that first.</source>
      <translation>„{action}“ lässt sich jetzt nicht ändern, weil „{later_action}“ (Eintrag {later_id}) später dasselbe geändert hat; machen Sie das zuerst rückgängig.</translation>
    </message>
    <message>
      <source>"{action}" cannot be done again: the same things have changed since.</source>
      <translation>„{action}“ lässt sich nicht wiederherstellen: Dasselbe hat sich seither geändert.</translation>
    </message>
    <message>
      <source>"{action}" cannot be taken back: the same things have changed since.</source>
      <translation>„{action}“ lässt sich nicht rückgängig machen: Dasselbe hat sich seither geändert.</translation>
    </message>
    <message>
      <source>'{name}'</source>
      <translation>„{name}“</translation>
    </message>
    <message>
      <source>'{name}' came with Photosort and can be switched off, not removed.</source>
      <translation>„{name}“ gehört zu Photosort und kann ausgeschaltet, aber nicht entfernt werden.</translation>
    </message>
    <message>
      <source>'{tag}' cannot stand below itself.</source>
      <translation>„{tag}“ kann nicht unter sich selbst stehen.</translation>
    </message>
    <message>
      <source>'{word}' is a word of the tag '{tag}' already.</source>
      <translation>„{word}“ ist schon ein Wort des Schlagworts „{tag}“.</translation>
    </message>
    <message>
      <source>A copy needs a longest edge of at least 16 pixels.</source>
      <translation>Die längere Seite einer Kopie muss mindestens 16 Pixel haben.</translation>
    </message>
    <message>
      <source>A decoder crashed on this file, so it is left out until it changes, or until you choose Try again.</source>
      <translation>Ein Decoder ist an dieser Datei abgestürzt. Sie wird ausgelassen, bis sie sich ändert oder Sie „Erneut versuchen“ wählen.</translation>
    </message>
    <message>
      <source>A link shows the original as it is: choose copies to change size, format, location or metadata.</source>
      <translation>Eine Verknüpfung zeigt das Original, wie es ist: Wählen Sie Kopien, um Größe, Format, Ort oder Metadaten zu ändern.</translation>
    </message>
    <message>
      <source>A photo without an exact date cannot be moved; set its date.</source>
      <translation>Ein Foto ohne genaues Datum lässt sich nicht verschieben; setzen Sie sein Datum.</translation>
    </message>
    <message>
      <source>A place and a distance are written as near:lisbon&lt;20km.</source>
      <translation>Ort und Entfernung schreibt man als near:lisbon&lt;20km.</translation>
    </message>
    <message>
      <source>A rating lies between -1 and 5; {rating} does not.</source>
      <translation>Eine Bewertung liegt zwischen -1 und 5; {rating} tut das nicht.</translation>
    </message>
    <message>
      <source>A saved search needs a name.</source>
      <translation>Eine gespeicherte Suche braucht einen Namen.</translation>
    </message>
    <message>
      <source>A stack needs two photos or more.</source>
      <translation>Ein Stapel braucht mindestens zwei Fotos.</translation>
    </message>
    <message>
      <source>A tag needs a name.</source>
      <translation>Ein Schlagwort braucht einen Namen.</translation>
    </message>
    <message>
      <source>A tag's name cannot have a vertical bar, which parts the levels of a path.</source>
      <translation>Der Name eines Schlagworts kann keinen senkrechten Strich enthalten, denn der trennt die Ebenen eines Pfads.</translation>
    </message>
    <message>
      <source>Added the folder {folder}</source>
      <translation>Ordner {folder} hinzugefügt</translation>
    </message>
    <message>
      <source>Added the tag {tag}</source>
      <translation>Schlagwort {tag} hinzugefügt</translation>
    </message>
    <message>
      <source>Added {photos} to {name}</source>
      <translation>{photos} zu {name} hinzugefügt</translation>
    </message>
    <message>
      <source>An album needs a name.</source>
      <translation>Ein Album braucht einen Namen.</translation>
    </message>
    <message>
      <source>An area is written with its corners: area:38.6,-9.3;38.8,-9.0.</source>
      <translation>Ein Gebiet schreibt man mit seinen Ecken: area:38.6,-9.3;38.8,-9.0.</translation>
    </message>
    <message>
      <source>Another Photosort is {doing}. Wait for it to end, or stop it; nothing was changed.</source>
      <translation>Ein anderes Photosort {doing}. Warten Sie, bis es fertig ist, oder beenden Sie es; nichts wurde geändert.</translation>
    </message>
    <message>
      <source>Another picture has this name now. This one is missing; its tags, stars and albums stay with it.</source>
      <translation>Ein anderes Bild trägt jetzt diesen Namen. Dieses hier fehlt; seine Schlagwörter, Sterne und Alben bleiben bei ihm.</translation>
    </message>
    <message>
      <source>Another program is using {path}; nothing was changed. Close it or try again in a moment.</source>
      <translation>Ein anderes Programm benutzt {path}; nichts wurde geändert. Schließen Sie es, oder versuchen Sie es gleich noch einmal.</translation>
    </message>
    <message>
      <source>Changed the caption of {photos}</source>
      <translation>Beschreibung von {photos} geändert</translation>
    </message>
    <message>
      <source>Changed the title of {photos}</source>
      <translation>Titel von {photos} geändert</translation>
    </message>
    <message>
      <source>Changed title and caption of {photos}</source>
      <translation>Titel und Beschreibung von {photos} geändert</translation>
    </message>
    <message>
      <source>Checking the library</source>
      <translation>Die Bibliothek wird geprüft</translation>
    </message>
    <message>
      <source>Checking the picture model</source>
      <translation>Das Bildmodell wird geprüft</translation>
    </message>
    <message>
      <source>Cleared the flag of {photos}</source>
      <translation>Markierung von {photos} entfernt</translation>
    </message>
    <message>
      <source>Cleared the rating of {photos}</source>
      <translation>Bewertung von {photos} entfernt</translation>
    </message>
    <message>
      <source>Cleared {tags} on {photos}</source>
      <translation>{tags} bei {photos} zurückgesetzt</translation>
    </message>
    <message>
      <source>Comparing changed photos</source>
      <translation>Geänderte Fotos werden verglichen</translation>
    </message>
    <message>
      <source>Comparing keyword files</source>
      <translation>Begleitdateien werden verglichen</translation>
    </message>
    <message>
      <source>Comparing photos</source>
      <translation>Fotos werden verglichen</translation>
    </message>
    <message>
      <source>Comparing pictures</source>
      <translation>Bilder werden verglichen</translation>
    </message>
    <message>
      <source>Confirmed {tags} on {photos}</source>
      <translation>{tags} bei {photos} bestätigt</translation>
    </message>
    <message>
      <source>Copying photos</source>
      <translation>Fotos werden kopiert</translation>
    </message>
    <message>
      <source>Corrected the date of {photos}</source>
      <translation>Datum von {photos} berichtigt</translation>
    </message>
    <message>
      <source>Corrected the kind of {photos}</source>
      <translation>Art von {photos} berichtigt</translation>
    </message>
    <message>
      <source>Created the album {name}</source>
      <translation>Album {name} angelegt</translation>
    </message>
    <message>
      <source>Dates are written 2023, 2023-05 or 2023-07-14.</source>
      <translation>Ein Datum wird 2023, 2023-05 oder 2023-07-14 geschrieben.</translation>
    </message>
    <message>
      <source>Deleted the album {name}</source>
      <translation>Album {name} gelöscht</translation>
    </message>
    <message>
      <source>Deleted the search {name}</source>
      <translation>Suche {name} gelöscht</translation>
    </message>
    <message>
      <source>Deleted {count:,} albums</source>
      <translation>{count:,} Alben gelöscht</translation>
    </message>
    <message>
      <source>Discarded duplicates: {photos}</source>
      <translation>Duplikate aussortiert: {photos}</translation>
    </message>
    <message>
      <source>Discarded {photos}</source>
      <translation>{photos} aussortiert</translation>
    </message>
    <message>
      <source>Dismissed a suggestion</source>
      <translation>Vorschlag verworfen</translation>
    </message>
    <message>
      <source>Downloading {model} (MB)</source>
      <translation>{model} wird geladen (MB)</translation>
    </message>
    <message>
      <source>Drawing the map</source>
      <translation>Die Karte wird gezeichnet</translation>
    </message>
    <message>
      <source>Edited the tag {tag}</source>
      <translation>Schlagwort {tag} bearbeitet</translation>
    </message>
    <message>
      <source>Entry {entry_id} is undone already.</source>
      <translation>Eintrag {entry_id} ist schon rückgängig gemacht.</translation>
    </message>
    <message>
      <source>Entry {entry_id} was not undone.</source>
      <translation>Eintrag {entry_id} wurde nicht rückgängig gemacht.</translation>
    </message>
    <message>
      <source>Finding photos that look alike</source>
      <translation>Ähnliche Fotos werden gesucht</translation>
    </message>
    <message>
      <source>Finding tags</source>
      <translation>Schlagwörter werden gefunden</translation>
    </message>
    <message>
      <source>Followed keyword files that were changed elsewhere, on {photos}</source>
      <translation>Begleitdateien übernommen, die anderswo geändert wurden: {photos}</translation>
    </message>
    <message>
      <source>Grouped the photos into albums</source>
      <translation>Fotos zu Alben gruppiert</translation>
    </message>
    <message>
      <source>Ignored {count:,} problem</source>
      <translation>{count:,} Problem ignoriert</translation>
    </message>
    <message>
      <source>Ignored {count:,} problems</source>
      <translation>{count:,} Probleme ignoriert</translation>
    </message>
    <message>
      <source>Imported {count:,} tags from {file}</source>
      <translation>{count:,} Schlagwörter aus {file} importiert</translation>
    </message>
    <message>
      <source>Imported {photos}</source>
      <translation>{photos} importiert</translation>
    </message>
    <message>
      <source>Importing photos</source>
      <translation>Fotos werden importiert</translation>
    </message>
    <message>
      <source>In the template {text} a bracket is open or closed too often.</source>
      <translation>In der Vorlage {text} ist eine Klammer zu viel.</translation>
    </message>
    <message>
      <source>It cannot be opened: {reason}.</source>
      <translation>Die Datei lässt sich nicht öffnen: {reason}.</translation>
    </message>
    <message>
      <source>It could not be copied: {reason}.</source>
      <translation>Die Datei konnte nicht kopiert werden: {reason}.</translation>
    </message>
    <message>
      <source>It could not be exported: {reason}.</source>
      <translation>Das Foto konnte nicht exportiert werden: {reason}.</translation>
    </message>
    <message>
      <source>It could not be moved to the wastebasket: {reason}.</source>
      <translation>Das Foto konnte nicht in den Papierkorb verschoben werden: {reason}.</translation>
    </message>
    <message>
      <source>It is damaged, or of a kind that Photosort cannot read.</source>
      <translation>Die Datei ist beschädigt oder von einer Art, die Photosort nicht lesen kann.</translation>
    </message>
    <message>
      <source>It is no longer there.</source>
      <translation>Es ist nicht mehr da.</translation>
    </message>
    <message>
      <source>It is not there now, so its keyword file was not written.</source>
      <translation>Es ist gerade nicht da, deshalb wurde seine Begleitdatei nicht geschrieben.</translation>
    </message>
    <message>
      <source>It lies on a drive that is not connected.</source>
      <translation>Es liegt auf einem Laufwerk, das nicht angeschlossen ist.</translation>
    </message>
    <message>
      <source>It lies on a drive without a wastebasket.</source>
      <translation>Es liegt auf einem Laufwerk ohne Papierkorb.</translation>
    </message>
    <message>
      <source>It lies on a network share, where deleting is for good.</source>
      <translation>Es liegt auf einer Netzwerkfreigabe, wo Löschen endgültig ist.</translation>
    </message>
    <message>
      <source>It needs more memory than there is.</source>
      <translation>Sie braucht mehr Speicher, als da ist.</translation>
    </message>
    <message>
      <source>It was changed since it was read; look for new photos first.</source>
      <translation>Es wurde geändert, seit es gelesen wurde; suchen Sie zuerst nach neuen Fotos.</translation>
    </message>
    <message>
      <source>Its drive is not connected.</source>
      <translation>Das Laufwerk ist nicht angeschlossen.</translation>
    </message>
    <message>
      <source>Its size changed while it was copied.</source>
      <translation>Ihre Größe hat sich während des Kopierens geändert.</translation>
    </message>
    <message>
      <source>Kept the best of {photos}</source>
      <translation>Das beste von {photos} behalten</translation>
    </message>
    <message>
      <source>Learning the words for albums</source>
      <translation>Wörter für Alben werden gelernt</translation>
    </message>
    <message>
      <source>Learning the words of the tags</source>
      <translation>Wörter der Schlagwörter werden gelernt</translation>
    </message>
    <message>
      <source>Linking photos</source>
      <translation>Fotos werden verknüpft</translation>
    </message>
    <message>
      <source>Looking at dates and places</source>
      <translation>Daten und Orte werden angesehen</translation>
    </message>
    <message>
      <source>Looking closer at photos</source>
      <translation>Fotos werden genauer angesehen</translation>
    </message>
    <message>
      <source>Looking for copies</source>
      <translation>Kopien werden gesucht</translation>
    </message>
    <message>
      <source>Looking for photos</source>
      <translation>Suche nach Fotos</translation>
    </message>
    <message>
      <source>Looking through folders</source>
      <translation>Ordner werden durchgesehen</translation>
    </message>
    <message>
      <source>Made {name} an album of your own</source>
      <translation>{name} zu einem eigenen Album gemacht</translation>
    </message>
    <message>
      <source>Marked {photos} as no duplicates</source>
      <translation>{photos} als keine Duplikate markiert</translation>
    </message>
    <message>
      <source>Measuring {model}</source>
      <translation>{model} wird gemessen</translation>
    </message>
    <message>
      <source>Merged {count:,} albums into {name}</source>
      <translation>{count:,} Alben zu {name} zusammengeführt</translation>
    </message>
    <message>
      <source>Merged {one} into {other}</source>
      <translation>{one} mit {other} zusammengeführt</translation>
    </message>
    <message>
      <source>Moved to the wastebasket</source>
      <translation>In den Papierkorb verschoben</translation>
    </message>
    <message>
      <source>Moved {photos} to the wastebasket</source>
      <translation>{photos} in den Papierkorb verschoben</translation>
    </message>
    <message>
      <source>Moving to the wastebasket</source>
      <translation>Verschieben in den Papierkorb</translation>
    </message>
    <message>
      <source>Naming albums</source>
      <translation>Alben werden benannt</translation>
    </message>
    <message>
      <source>No album is called '{said}', and no photo answers it as a search.</source>
      <translation>Kein Album heißt „{said}“, und als Suche findet es kein Foto.</translation>
    </message>
    <message>
      <source>Nothing says where a photo was taken.</source>
      <translation>Nichts sagt, wo ein Foto aufgenommen wurde.</translation>
    </message>
    <message>
      <source>Nothing says where that photo was taken.</source>
      <translation>Nichts sagt, wo dieses Foto aufgenommen wurde.</translation>
    </message>
    <message>
      <source>Nothing was changed: the wastebasket holds these files no more, or other files have their names now.</source>
      <translation>Nichts wurde geändert: Die Dateien liegen nicht mehr im Papierkorb, oder andere Dateien haben jetzt ihre Namen.</translation>
    </message>
    <message>
      <source>Nothing was changed: these files cannot be moved to the wastebasket. Delete them in the file manager.</source>
      <translation>Nichts wurde geändert: Diese Dateien lassen sich nicht in den Papierkorb verschieben. Löschen Sie sie in der Dateiverwaltung.</translation>
    </message>
    <message>
      <source>Only pictures can be rotated, and only while their drive is connected.</source>
      <translation>Nur Bilder können gedreht werden, und nur während ihr Laufwerk angeschlossen ist.</translation>
    </message>
    <message>
      <source>Parentheses can be nested {most} deep at most.</source>
      <translation>Klammern können höchstens {most} Stufen tief geschachtelt sein.</translation>
    </message>
    <message>
      <source>Paste metadata on {photos}</source>
      <translation>Metadaten auf {photos} einfügen</translation>
    </message>
    <message>
      <source>Photosort ({process}, started {since}) is {doing}. Wait for it to end, or stop it; nothing was changed.</source>
      <translation>Photosort ({process}, seit {since}) {doing}. Warten Sie, bis es fertig ist, oder beenden Sie es; nichts wurde geändert.</translation>
    </message>
    <message>
      <source>Photosort cannot create its folder {folder}: {reason}.</source>
      <translation>Photosort kann seinen Ordner {folder} nicht anlegen: {reason}.</translation>
    </message>
    <message>
      <source>Picked {photos}</source>
      <translation>{photos} als „Behalten“ markiert</translation>
    </message>
    <message>
      <source>Pinned {count:,} albums to the sidebar</source>
      <translation>{count:,} Alben an die Seitenleiste angeheftet</translation>
    </message>
    <message>
      <source>Pinned {name} to the sidebar</source>
      <translation>{name} an die Seitenleiste angeheftet</translation>
    </message>
    <message>
      <source>Put a photo on top of its stack</source>
      <translation>Ein Foto im Stapel nach oben gelegt</translation>
    </message>
    <message>
      <source>Rated {rating}: {photos}</source>
      <translation>Mit {rating} bewertet: {photos}</translation>
    </message>
    <message>
      <source>Ratings go from 0 (none) to 5 stars; -1 is rejected.</source>
      <translation>Bewertungen gehen von 0 (keine) bis 5 Sterne; -1 ist aussortiert.</translation>
    </message>
    <message>
      <source>Reading</source>
      <translation>Lese</translation>
    </message>
    <message>
      <source>Reading it took longer than {limit:.0f} seconds.</source>
      <translation>Das Lesen hat länger als {limit:.0f} Sekunden gedauert.</translation>
    </message>
    <message>
      <source>Reading originals</source>
      <translation>Originale werden gelesen</translation>
    </message>
    <message>
      <source>Rejected {tags} on {photos}</source>
      <translation>{tags} bei {photos} abgelehnt</translation>
    </message>
    <message>
      <source>Removed the folder {folder}</source>
      <translation>Ordner {folder} entfernt</translation>
    </message>
    <message>
      <source>Removed the place of {photos}</source>
      <translation>Ort von {photos} entfernt</translation>
    </message>
    <message>
      <source>Removed the tag {tag}</source>
      <translation>Schlagwort {tag} entfernt</translation>
    </message>
    <message>
      <source>Removed {count:,} albums from the sidebar</source>
      <translation>{count:,} Alben aus der Seitenleiste entfernt</translation>
    </message>
    <message>
      <source>Removed {name} from the sidebar</source>
      <translation>{name} aus der Seitenleiste entfernt</translation>
    </message>
    <message>
      <source>Removed {photos} from {name}</source>
      <translation>{photos} aus {name} entfernt</translation>
    </message>
    <message>
      <source>Renamed {old} to {new}</source>
      <translation>{old} in {new} umbenannt</translation>
    </message>
    <message>
      <source>Rotate {photos} to the left</source>
      <translation>{photos} nach links drehen</translation>
    </message>
    <message>
      <source>Rotate {photos} to the right</source>
      <translation>{photos} nach rechts drehen</translation>
    </message>
    <message>
      <source>Saved the search {name}</source>
      <translation>Suche {name} gespeichert</translation>
    </message>
    <message>
      <source>Say what the photos should show.</source>
      <translation>Sagen Sie, was die Fotos zeigen sollen.</translation>
    </message>
    <message>
      <source>Say with --set when the first photo was taken.</source>
      <translation>Sagen Sie mit --set, wann das erste Foto aufgenommen wurde.</translation>
    </message>
    <message>
      <source>Set the place of {photos}</source>
      <translation>Ort von {photos} gesetzt</translation>
    </message>
    <message>
      <source>Sizes are written as 500KB, 5MB or 1.5GB.</source>
      <translation>Größen werden als 500KB, 5MB oder 1.5GB geschrieben.</translation>
    </message>
    <message>
      <source>Something that was added later depends on this change, so it cannot be taken back.</source>
      <translation>Etwas, das später hinzukam, hängt von dieser Änderung ab; deshalb lässt sie sich nicht rückgängig machen.</translation>
    </message>
    <message>
      <source>Split {name}</source>
      <translation>{name} geteilt</translation>
    </message>
    <message>
      <source>Stacked {photos}</source>
      <translation>{photos} gestapelt</translation>
    </message>
    <message>
      <source>Suggested {count:,} keywords of your files</source>
      <translation>{count:,} Stichwörter Ihrer Dateien vorgeschlagen</translation>
    </message>
    <message>
      <source>Switched off {tags}</source>
      <translation>{tags} ausgeschaltet</translation>
    </message>
    <message>
      <source>Switched on {tags}</source>
      <translation>{tags} eingeschaltet</translation>
    </message>
    <message>
      <source>Tags are nested more than {most} levels deep.</source>
      <translation>Schlagwörter sind mehr als {most} Ebenen tief verschachtelt.</translation>
    </message>
    <message>
      <source>Take back the rotation of {photos}</source>
      <translation>Drehung von {photos} zurücknehmen</translation>
    </message>
    <message>
      <source>The connection broke while {file} was downloaded. What has arrived is kept; start the download again to go on.</source>
      <translation>Die Verbindung brach ab, während {file} geladen wurde. Was angekommen ist, bleibt erhalten; starten Sie den Download noch einmal, um weiterzumachen.</translation>
    </message>
    <message>
      <source>The copy is without the clip that {file} holds.</source>
      <translation>Die Kopie ist ohne den Clip, den {file} enthält.</translation>
    </message>
    <message>
      <source>The copy still told where it was taken, so it was not kept.</source>
      <translation>Die Kopie verriet noch immer den Aufnahmeort und wurde deshalb nicht behalten.</translation>
    </message>
    <message>
      <source>The demonstration photos cannot be copied to {folder}.</source>
      <translation>Die Beispielfotos lassen sich nicht nach {folder} kopieren.</translation>
    </message>
    <message>
      <source>The disk could not read this file.</source>
      <translation>Der Datenträger konnte diese Datei nicht lesen.</translation>
    </message>
    <message>
      <source>The disk failed while {path} was in use; everything saved before is kept.</source>
      <translation>Das Laufwerk versagte, während {path} benutzt wurde; alles vorher Gespeicherte ist erhalten.</translation>
    </message>
    <message>
      <source>The disk is full; the download of {file} was deleted. Make room, then start it again.</source>
      <translation>Der Datenträger ist voll; der Download von {file} wurde gelöscht. Schaffen Sie Platz und starten Sie ihn noch einmal.</translation>
    </message>
    <message>
      <source>The disk that holds {path} is full; everything saved before is kept. Free some space and try again.</source>
      <translation>Das Laufwerk mit {path} ist voll; alles vorher Gespeicherte ist erhalten. Schaffen Sie Platz, und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
      <source>The download needs {need_gb:.1f} GB, and {free_gb:.1f} GB are free. Make room, then start it again; what has arrived is kept.</source>
      <translation>Der Download braucht {need_gb:.1f} GB, frei sind {free_gb:.1f} GB. Schaffen Sie Platz und starten Sie ihn noch einmal; was angekommen ist, bleibt erhalten.</translation>
    </message>
    <message>
      <source>The export to {folder} stopped after {count:,} files: {reason}. What was finished stays there.</source>
      <translation>Der Export nach {folder} brach nach {count:,} Dateien ab: {reason}. Was fertig war, bleibt dort.</translation>
    </message>
    <message>
      <source>The file could not be read: {reason}.</source>
      <translation>Die Datei konnte nicht gelesen werden: {reason}.</translation>
    </message>
    <message>
      <source>The file is empty.</source>
      <translation>Die Datei ist leer.</translation>
    </message>
    <message>
      <source>The file is no longer there.</source>
      <translation>Die Datei ist nicht mehr da.</translation>
    </message>
    <message>
      <source>The file {name} is no sidecar of Google Takeout.</source>
      <translation>Die Datei {name} ist keine Beschreibung von Google Takeout.</translation>
    </message>
    <message>
      <source>The folder {folder} cannot be looked into: {reason}.</source>
      <translation>Der Ordner {folder} lässt sich nicht lesen: {reason}.</translation>
    </message>
    <message>
      <source>The folder {folder} cannot be made: {reason}.</source>
      <translation>Der Ordner {folder} lässt sich nicht anlegen: {reason}.</translation>
    </message>
    <message>
      <source>The folder {folder} cannot be opened: {reason}.</source>
      <translation>Der Ordner {folder} kann nicht geöffnet werden: {reason}.</translation>
    </message>
    <message>
      <source>The folder {folder} does not exist.</source>
      <translation>Den Ordner {folder} gibt es nicht.</translation>
    </message>
    <message>
      <source>The folder {folder} does not say what its model is: {config_file} is missing or damaged.</source>
      <translation>Der Ordner {folder} sagt nicht, was für ein Modell er enthält: {config_file} fehlt oder ist beschädigt.</translation>
    </message>
    <message>
      <source>The folder {folder} of the library is not there now. Connect its drive, or choose another target.</source>
      <translation>Der Ordner {folder} der Bibliothek ist gerade nicht da. Schließen Sie sein Laufwerk an oder wählen Sie ein anderes Ziel.</translation>
    </message>
    <message>
      <source>The folder {path} is not in the library.</source>
      <translation>Der Ordner {path} gehört nicht zur Bibliothek.</translation>
    </message>
    <message>
      <source>The history has no entry {entry_id}.</source>
      <translation>Der Verlauf hat keinen Eintrag {entry_id}.</translation>
    </message>
    <message>
      <source>The hub does not have {file} any more. Update Photosort, or import the model from a file.</source>
      <translation>Der Anbieter hat {file} nicht mehr. Aktualisieren Sie Photosort, oder importieren Sie das Modell aus einer Datei.</translation>
    </message>
    <message>
      <source>The hub offers another file than the one that was published. Nothing was downloaded.</source>
      <translation>Der Anbieter hat eine andere Datei als die veröffentlichte. Es wurde nichts geladen.</translation>
    </message>
    <message>
      <source>The hub refused to send {file} (status {code}).</source>
      <translation>Der Anbieter wollte {file} nicht senden (Status {code}).</translation>
    </message>
    <message>
      <source>The hub sent the download to an unencrypted address; it was stopped.</source>
      <translation>Der Anbieter leitete den Download an eine unverschlüsselte Adresse; er wurde abgebrochen.</translation>
    </message>
    <message>
      <source>The hub wants an account for this model. Download it in your browser and import the file.</source>
      <translation>Der Anbieter verlangt für dieses Modell ein Konto. Laden Sie es in Ihrem Browser und importieren Sie die Datei.</translation>
    </message>
    <message>
      <source>The import to {folder} stopped after {photos}: {reason}. What was finished stays there; import again to go on.</source>
      <translation>Der Import nach {folder} brach nach {photos} ab: {reason}. Was fertig war, bleibt dort; importieren Sie noch einmal, um fortzufahren.</translation>
    </message>
    <message>
      <source>The keyword file {file} was left as it is: {reason}.</source>
      <translation>Die Begleitdatei {file} blieb, wie sie ist: {reason}.</translation>
    </message>
    <message>
      <source>The last “sort:” counts.</source>
      <translation>Das letzte „sort:“ gilt.</translation>
    </message>
    <message>
      <source>The library is damaged, so no copy of it was made.</source>
      <translation>Die Bibliothek ist beschädigt, deshalb wurde keine Kopie von ihr gemacht.</translation>
    </message>
    <message>
      <source>The library {library} is gone; `photosort check --repair` brings its newest copy back.</source>
      <translation>Die Bibliothek {library} ist verschwunden; `photosort check --repair` holt ihre neueste Kopie zurück.</translation>
    </message>
    <message>
      <source>The library {library} was emptied; `photosort check --repair` brings its newest copy back.</source>
      <translation>Die Bibliothek {library} wurde geleert; `photosort check --repair` holt ihre neueste Kopie zurück.</translation>
    </message>
    <message>
      <source>The list of places is damaged.</source>
      <translation>Die Liste der Orte ist beschädigt.</translation>
    </message>
    <message>
      <source>The list of places is not installed.</source>
      <translation>Die Liste der Orte ist nicht installiert.</translation>
    </message>
    <message>
      <source>The list of what to ignore cannot be used: {why}.</source>
      <translation>Die Liste dessen, was ausgelassen werden soll, kann nicht benutzt werden: {why}.</translation>
    </message>
    <message>
      <source>The model file {file} cannot be read: {reason}.</source>
      <translation>Die Modelldatei {file} kann nicht gelesen werden: {reason}.</translation>
    </message>
    <message>
      <source>The model file {file} is damaged or of another version. Install it again.</source>
      <translation>Die Modelldatei {file} ist beschädigt oder von einer anderen Version. Installieren Sie sie noch einmal.</translation>
    </message>
    <message>
      <source>The model folder {folder} is incomplete.</source>
      <translation>Der Modellordner {folder} ist unvollständig.</translation>
    </message>
    <message>
      <source>The network answers with a web page instead of the model; perhaps it wants you to sign in first. Open a web page in your browser, then try again.</source>
      <translation>Das Netz antwortet mit einer Webseite statt mit dem Modell; vielleicht sollen Sie sich erst anmelden. Öffnen Sie eine Webseite in Ihrem Browser und versuchen Sie es dann noch einmal.</translation>
    </message>
    <message>
      <source>The others can only follow a date with a time.</source>
      <translation>Die anderen können nur einem Datum mit Uhrzeit folgen.</translation>
    </message>
    <message>
      <source>The part of the photo to search by is empty.</source>
      <translation>Der Teil des Fotos, mit dem gesucht werden soll, ist leer.</translation>
    </message>
    <message>
      <source>The photos need {needed:,} MB, and {folder} has room for {free:,} MB. Nothing was copied.</source>
      <translation>Die Fotos brauchen {needed:,} MB, und in {folder} ist Platz für {free:,} MB. Nichts wurde kopiert.</translation>
    </message>
    <message>
      <source>The picture is cut short: the end of the file is missing.</source>
      <translation>Das Bild ist abgeschnitten: Das Ende der Datei fehlt.</translation>
    </message>
    <message>
      <source>The picture is damaged and cannot be decoded.</source>
      <translation>Das Bild ist beschädigt und kann nicht gelesen werden.</translation>
    </message>
    <message>
      <source>The picture is too large to decode: {width:,} x {height:,} pixels ({megapixels:,.0f} megapixels; the limit is {limit:,.0f}).</source>
      <translation>Das Bild ist zu groß: {width:,} x {height:,} Pixel ({megapixels:,.0f} Megapixel; höchstens gehen {limit:,.0f}).</translation>
    </message>
    <message>
      <source>The picture model that saw the photos is gone; use another one.</source>
      <translation>Das Bildmodell, das die Fotos gesehen hat, ist nicht mehr da; benutzen Sie ein anderes.</translation>
    </message>
    <message>
      <source>The picture would take far too long to decode.</source>
      <translation>Das Bild zu lesen würde viel zu lange dauern.</translation>
    </message>
    <message>
      <source>The process that reads pictures cannot be started.</source>
      <translation>Der Prozess, der Bilder liest, lässt sich nicht starten.</translation>
    </message>
    <message>
      <source>The query is too long: it can have {limit:,} words and operators.</source>
      <translation>Die Suche ist zu lang: sie darf {limit:,} Wörter und Operatoren haben.</translation>
    </message>
    <message>
      <source>The raw file holds no preview and cannot be developed.</source>
      <translation>Die Rohdatei enthält keine Vorschau und kann nicht entwickelt werden.</translation>
    </message>
    <message>
      <source>The settings cannot be saved in {folder}: {reason}.</source>
      <translation>Die Einstellungen lassen sich nicht in {folder} speichern: {reason}.</translation>
    </message>
    <message>
      <source>The settings in {path} are damaged and cannot be put aside: {reason}.</source>
      <translation>Die Einstellungen in {path} sind beschädigt und lassen sich nicht beiseitelegen: {reason}.</translation>
    </message>
    <message>
      <source>The settings in {path} cannot be read ({reason}); the defaults hold for now.</source>
      <translation>Die Einstellungen in {path} lassen sich nicht lesen ({reason}); vorerst gelten die Voreinstellungen.</translation>
    </message>
    <message>
      <source>The settings were damaged; they were put aside as {file}, and the defaults hold.</source>
      <translation>Die Einstellungen waren beschädigt; sie liegen jetzt als {file} daneben, und es gelten die Voreinstellungen.</translation>
    </message>
    <message>
      <source>The sidecar {file} cannot be read: {reason}.</source>
      <translation>Die Begleitdatei {file} kann nicht gelesen werden: {reason}.</translation>
    </message>
    <message>
      <source>The sidecar {name} is damaged.</source>
      <translation>Die Begleitdatei {name} ist beschädigt.</translation>
    </message>
    <message>
      <source>The starter is not installed. Install Photosort again with its dependencies.</source>
      <translation>Der Starter ist nicht installiert. Installieren Sie Photosort mit allem, was dazugehört, noch einmal.</translation>
    </message>
    <message>
      <source>The starter is still needed: not all photos have been seen by the model in use.</source>
      <translation>Der Starter wird noch gebraucht: Das benutzte Modell hat noch nicht alle Fotos gesehen.</translation>
    </message>
    <message>
      <source>The system ended the reading of this file: memory may have run short.</source>
      <translation>Das System hat das Lesen dieser Datei beendet: Der Speicher war vielleicht knapp.</translation>
    </message>
    <message>
      <source>The tags cannot be written to {path}: {reason}.</source>
      <translation>Die Schlagwörter lassen sich nicht nach {path} schreiben: {reason}.</translation>
    </message>
    <message>
      <source>The template has no field {field}. There are: {known}.</source>
      <translation>Die Vorlage kennt kein Feld {field}. Es gibt: {known}.</translation>
    </message>
    <message>
      <source>The template {text} has to name folders below the target, such as {example}.</source>
      <translation>Die Vorlage {text} muss Ordner unterhalb des Ziels nennen, etwa {example}.</translation>
    </message>
    <message>
      <source>The tokenizer's files are missing in the model folder {folder}.</source>
      <translation>Im Modellordner {folder} fehlen die Dateien für die Wörter (Tokenizer).</translation>
    </message>
    <message>
      <source>The vocabulary {file} cannot be read: {reason}.</source>
      <translation>Die Liste der Schlagwörter {file} lässt sich nicht lesen: {reason}.</translation>
    </message>
    <message>
      <source>There are no weights in {name}.</source>
      <translation>In {name} ist kein Modell.</translation>
    </message>
    <message>
      <source>There can be one “sort:” only.</source>
      <translation>Es kann nur ein „sort:“ geben.</translation>
    </message>
    <message>
      <source>There is a saved search '{name}' already.</source>
      <translation>Es gibt schon eine gespeicherte Suche „{name}“.</translation>
    </message>
    <message>
      <source>There is an album '{name}' already.</source>
      <translation>Es gibt schon ein Album „{name}“.</translation>
    </message>
    <message>
      <source>There is no album '{name}'.</source>
      <translation>Es gibt kein Album „{name}“.</translation>
    </message>
    <message>
      <source>There is no copy {given}; see: photosort backup list</source>
      <translation>Es gibt keine Kopie {given}; siehe: photosort backup list</translation>
    </message>
    <message>
      <source>There is no date {date}.</source>
      <translation>Ein Datum {date} gibt es nicht.</translation>
    </message>
    <message>
      <source>There is no field “{name}”, so it was searched as words.</source>
      <translation>Ein Feld „{name}“ gibt es nicht; es wurde nach den Wörtern gesucht.</translation>
    </message>
    <message>
      <source>There is no field “{name}”, so it was searched as words. Did you mean “{near}”?</source>
      <translation>Ein Feld „{name}“ gibt es nicht; es wurde nach den Wörtern gesucht. Meinten Sie „{near}“?</translation>
    </message>
    <message>
      <source>There is no field “{name}”. Did you mean “{near}”? Quotes make it words.</source>
      <translation>Ein Feld „{name}“ gibt es nicht. Meinten Sie „{near}“? In Anführungszeichen sind es Wörter.</translation>
    </message>
    <message>
      <source>There is no field “{name}”. Quotes make it words.</source>
      <translation>Ein Feld „{name}“ gibt es nicht. In Anführungszeichen sind es Wörter.</translation>
    </message>
    <message>
      <source>There is no file {source}.</source>
      <translation>Eine Datei {source} gibt es nicht.</translation>
    </message>
    <message>
      <source>There is no free name left for {name} in {folder}.</source>
      <translation>In {folder} ist für {name} kein Name mehr frei.</translation>
    </message>
    <message>
      <source>There is no library at {library}; index a folder first.</source>
      <translation>Unter {library} gibt es keine Bibliothek; nehmen Sie zuerst einen Ordner auf.</translation>
    </message>
    <message>
      <source>There is no model at {source}.</source>
      <translation>Unter {source} ist kein Modell.</translation>
    </message>
    <message>
      <source>There is no model {name} to be removed.</source>
      <translation>Es gibt kein Modell {name}, das entfernt werden könnte.</translation>
    </message>
    <message>
      <source>There is no pack '{pack}'; there are {known}.</source>
      <translation>Es gibt kein Paket „{pack}“; es gibt {known}.</translation>
    </message>
    <message>
      <source>There is no picture model {name}. The catalogue has: {known}.</source>
      <translation>Ein Bildmodell {name} gibt es nicht. Zur Wahl stehen: {known}.</translation>
    </message>
    <message>
      <source>There is no picture to look at.</source>
      <translation>Es gibt kein Bild zum Ansehen.</translation>
    </message>
    <message>
      <source>There is no tag '{name}'.</source>
      <translation>Es gibt kein Schlagwort „{name}“.</translation>
    </message>
    <message>
      <source>There is no tag called {name}.</source>
      <translation>Kein Schlagwort heißt {name}.</translation>
    </message>
    <message>
      <source>There is no time zone “{zone}”; write +02:00 or Europe/Rome</source>
      <translation>Es gibt keine Zeitzone „{zone}“; schreiben Sie +02:00 oder Europe/Rome</translation>
    </message>
    <message>
      <source>There is no town “{name}”.</source>
      <translation>Es gibt keinen Ort „{name}“.</translation>
    </message>
    <message>
      <source>There is not enough room for a copy of the library in {folder}.</source>
      <translation>In {folder} ist nicht genug Platz für eine Kopie der Bibliothek.</translation>
    </message>
    <message>
      <source>There is nothing between these parentheses.</source>
      <translation>Zwischen diesen Klammern steht nichts.</translation>
    </message>
    <message>
      <source>There is nothing between these quotes.</source>
      <translation>Zwischen diesen Anführungszeichen steht nichts.</translation>
    </message>
    <message>
      <source>There is nothing to paste: nothing is known of that photo.</source>
      <translation>Es gibt nichts einzufügen: Von diesem Foto ist nichts bekannt.</translation>
    </message>
    <message>
      <source>There is nothing to redo.</source>
      <translation>Es gibt nichts wiederherzustellen.</translation>
    </message>
    <message>
      <source>There is nothing to save: the search is empty.</source>
      <translation>Es gibt nichts zu speichern: Die Suche ist leer.</translation>
    </message>
    <message>
      <source>There is nothing to undo.</source>
      <translation>Es gibt nichts rückgängig zu machen.</translation>
    </message>
    <message>
      <source>There must be photos on both sides to compare them.</source>
      <translation>Um sie zu vergleichen, müssen auf beiden Seiten Fotos sein.</translation>
    </message>
    <message>
      <source>These albums cannot be merged.</source>
      <translation>Diese Alben lassen sich nicht zusammenführen.</translation>
    </message>
    <message>
      <source>These parentheses are nested too deep.</source>
      <translation>Diese Klammern sind zu tief geschachtelt.</translation>
    </message>
    <message>
      <source>These two albums cannot be put together.</source>
      <translation>Diese beiden Alben lassen sich nicht zusammenlegen.</translation>
    </message>
    <message>
      <source>This album finds its photos by a search, so it cannot be split.</source>
      <translation>Dieses Album findet seine Fotos durch eine Suche und lässt sich deshalb nicht teilen.</translation>
    </message>
    <message>
      <source>This album is not there any more.</source>
      <translation>Dieses Album gibt es nicht mehr.</translation>
    </message>
    <message>
      <source>This folder is not in the library.</source>
      <translation>Dieser Ordner gehört nicht zur Bibliothek.</translation>
    </message>
    <message>
      <source>This is a folder, not a picture.</source>
      <translation>Das ist ein Ordner, kein Bild.</translation>
    </message>
    <message>
      <source>This is not a picture, whatever its name says.</source>
      <translation>Das ist kein Bild, auch wenn der Name es sagt.</translation>
    </message>
    <message>
      <source>This kind of HEIF picture cannot be decoded yet.</source>
      <translation>Diese Art von HEIF-Bild lässt sich noch nicht lesen.</translation>
    </message>
    <message>
      <source>This model wants pictures that are not square, which Photosort does not support.</source>
      <translation>Dieses Modell will Bilder, die nicht quadratisch sind; das kann Photosort nicht.</translation>
    </message>
    <message>
      <source>This parenthesis closes nothing.</source>
      <translation>Diese Klammer schließt nichts.</translation>
    </message>
    <message>
      <source>This parenthesis is never closed.</source>
      <translation>Diese Klammer wird nicht geschlossen.</translation>
    </message>
    <message>
      <source>This photo belongs to no stack.</source>
      <translation>Dieses Foto gehört zu keinem Stapel.</translation>
    </message>
    <message>
      <source>This photo is no longer in the library.</source>
      <translation>Dieses Foto ist nicht mehr in der Bibliothek.</translation>
    </message>
    <message>
      <source>This quote is never closed.</source>
      <translation>Dieses Anführungszeichen wird nicht geschlossen.</translation>
    </message>
    <message>
      <source>This saved search is not there any more.</source>
      <translation>Diese gespeicherte Suche gibt es nicht mehr.</translation>
    </message>
    <message>
      <source>This suggestion was answered already.</source>
      <translation>Dieser Vorschlag ist schon beantwortet.</translation>
    </message>
    <message>
      <source>This system does not say what lies in its wastebasket. Restore the files there, and they are the same photos again.</source>
      <translation>Dieses System sagt nicht, was in seinem Papierkorb liegt. Stellen Sie die Dateien dort wieder her, dann sind es wieder dieselben Fotos.</translation>
    </message>
    <message>
      <source>Took over the stars of a keyword file</source>
      <translation>Sterne einer Begleitdatei übernommen</translation>
    </message>
    <message>
      <source>Took over what keyword files say</source>
      <translation>Angaben der Begleitdateien übernommen</translation>
    </message>
    <message>
      <source>Took {photos} out of stacks</source>
      <translation>{photos} aus Stapeln genommen</translation>
    </message>
    <message>
      <source>Trying your keywords</source>
      <translation>Ihre Stichwörter werden erprobt</translation>
    </message>
    <message>
      <source>Types are written as jpeg, png or raw.</source>
      <translation>Dateitypen werden als jpeg, png oder raw geschrieben.</translation>
    </message>
    <message>
      <source>Upgrading photos</source>
      <translation>Fotos werden neu angesehen</translation>
    </message>
    <message>
      <source>Videos are shown with a placeholder until a video decoder is installed.</source>
      <translation>Videos haben einen Platzhalter, bis ein Programm zum Lesen von Videos installiert ist.</translation>
    </message>
    <message>
      <source>Videos open in the system's own player.</source>
      <translation>Videos öffnen sich im Abspielprogramm des Systems.</translation>
    </message>
    <message>
      <source>Waking the picture model</source>
      <translation>Das Bildmodell wird geweckt</translation>
    </message>
    <message>
      <source>What a copy of this format says of itself cannot be changed; export it as a JPEG.</source>
      <translation>Was eine Kopie in diesem Format über sich sagt, kann nicht geändert werden; exportieren Sie sie als JPEG.</translation>
    </message>
    <message>
      <source>What arrived as {file} is not the file that was published; it was deleted. Try again later.</source>
      <translation>Was als {file} ankam, ist nicht die veröffentlichte Datei; es wurde gelöscht. Versuchen Sie es später noch einmal.</translation>
    </message>
    <message>
      <source>Writing keyword files</source>
      <translation>Begleitdateien werden geschrieben</translation>
    </message>
    <message>
      <source>You have no permission to read this file.</source>
      <translation>Sie dürfen diese Datei nicht lesen.</translation>
    </message>
    <message>
      <source>a tag, with the tags below it</source>
      <translation>ein Schlagwort und die darunter</translation>
    </message>
    <message>
      <source>albums: {names}</source>
      <translation>Alben: {names}</translation>
    </message>
    <message>
      <source>alike and taken within {seconds:.0f} s</source>
      <translation>ähnlich und binnen {seconds:.0f} s aufgenommen</translation>
    </message>
    <message>
      <source>another program is writing it</source>
      <translation>ein anderes Programm schreibt sie gerade</translation>
    </message>
    <message>
      <source>caption {caption}</source>
      <translation>Beschreibung {caption}</translation>
    </message>
    <message>
      <source>date {date}</source>
      <translation>Datum {date}</translation>
    </message>
    <message>
      <source>downloading {name}</source>
      <translation>lädt {name} herunter</translation>
    </message>
    <message>
      <source>file exists</source>
      <translation>Datei ist schon vorhanden</translation>
    </message>
    <message>
      <source>file name too long</source>
      <translation>Dateiname zu lang</translation>
    </message>
    <message>
      <source>forgetting photos</source>
      <translation>Fotos vergisst</translation>
    </message>
    <message>
      <source>how it stands</source>
      <translation>wie es um das Foto steht</translation>
    </message>
    <message>
      <source>how its tags stand</source>
      <translation>wie es um seine Schlagwörter steht</translation>
    </message>
    <message>
      <source>in a folder</source>
      <translation>in einem Ordner</translation>
    </message>
    <message>
      <source>in an album</source>
      <translation>in einem Album</translation>
    </message>
    <message>
      <source>indexing this library</source>
      <translation>nimmt gerade Fotos in diese Bibliothek auf</translation>
    </message>
    <message>
      <source>input/output error</source>
      <translation>Fehler beim Lesen oder Schreiben</translation>
    </message>
    <message>
      <source>is a directory</source>
      <translation>ist ein Ordner</translation>
    </message>
    <message>
      <source>it holds more than keywords and other XMP</source>
      <translation>sie enthält mehr als Schlagwörter und anderes XMP</translation>
    </message>
    <message>
      <source>it is a link, and links are left as they are</source>
      <translation>die Datei ist eine Verknüpfung, und Verknüpfungen bleiben, wie sie sind</translation>
    </message>
    <message>
      <source>it is damaged</source>
      <translation>sie ist beschädigt</translation>
    </message>
    <message>
      <source>it is larger than {limit} MB</source>
      <translation>sie ist größer als {limit} MB</translation>
    </message>
    <message>
      <source>it is not an ordinary file</source>
      <translation>es ist keine gewöhnliche Datei</translation>
    </message>
    <message>
      <source>it is write-protected</source>
      <translation>sie ist schreibgeschützt</translation>
    </message>
    <message>
      <source>it speaks of another picture, and holds more than Photosort wrote</source>
      <translation>sie spricht von einem anderen Bild und enthält mehr, als Photosort geschrieben hat</translation>
    </message>
    <message>
      <source>its folder lies outside {folder}</source>
      <translation>ihr Ordner liegt außerhalb von {folder}</translation>
    </message>
    <message>
      <source>looks like a photo</source>
      <translation>sieht aus wie ein Foto</translation>
    </message>
    <message>
      <source>mirrored</source>
      <translation>gespiegelt</translation>
    </message>
    <message>
      <source>no space left on device</source>
      <translation>kein Platz mehr auf dem Laufwerk</translation>
    </message>
    <message>
      <source>no such file or directory</source>
      <translation>Datei oder Ordner nicht vorhanden</translation>
    </message>
    <message>
      <source>not a directory</source>
      <translation>kein Ordner</translation>
    </message>
    <message>
      <source>on the map</source>
      <translation>auf der Karte</translation>
    </message>
    <message>
      <source>open_clip knows no architecture {architecture}.</source>
      <translation>open_clip kennt keine Architektur {architecture}.</translation>
    </message>
    <message>
      <source>operation not permitted</source>
      <translation>nicht erlaubt</translation>
    </message>
    <message>
      <source>permission denied</source>
      <translation>Zugriff verweigert</translation>
    </message>
    <message>
      <source>picked or discarded</source>
      <translation>behalten oder aussortiert</translation>
    </message>
    <message>
      <source>place</source>
      <translation>Ort</translation>
    </message>
    <message>
      <source>process {pid}</source>
      <translation>Prozess {pid}</translation>
    </message>
    <message>
      <source>process {pid} on {host}</source>
      <translation>Prozess {pid} auf {host}</translation>
    </message>
    <message>
      <source>read-only file system</source>
      <translation>Dateisystem ist schreibgeschützt</translation>
    </message>
    <message>
      <source>restoring this library</source>
      <translation>dabei, diese Bibliothek wiederherzustellen</translation>
    </message>
    <message>
      <source>something that another program wrote there would not survive</source>
      <translation>etwas, das ein anderes Programm hineingeschrieben hat, ginge verloren</translation>
    </message>
    <message>
      <source>stars</source>
      <translation>Sterne</translation>
    </message>
    <message>
      <source>tags: {names}</source>
      <translation>Schlagwörter: {names}</translation>
    </message>
    <message>
      <source>taken from then on</source>
      <translation>ab dann aufgenommen</translation>
    </message>
    <message>
      <source>taken in a year, a month or on a day</source>
      <translation>in einem Jahr, einem Monat oder an einem Tag aufgenommen</translation>
    </message>
    <message>
      <source>taken near a place, as in near:lisbon&lt;20km</source>
      <translation>nahe bei einem Ort aufgenommen, etwa near:lisbon&lt;20km</translation>
    </message>
    <message>
      <source>taken until just before then</source>
      <translation>bis kurz davor aufgenommen</translation>
    </message>
    <message>
      <source>taken with a camera</source>
      <translation>mit einer Kamera aufgenommen</translation>
    </message>
    <message>
      <source>taken with a lens</source>
      <translation>mit einem Objektiv aufgenommen</translation>
    </message>
    <message>
      <source>taken within corners on the map</source>
      <translation>zwischen Ecken auf der Karte aufgenommen</translation>
    </message>
    <message>
      <source>the best has the most bytes</source>
      <translation>das beste hat die größte Datei</translation>
    </message>
    <message>
      <source>the best has the most pixels, {width} x {height}</source>
      <translation>das beste hat die meisten Pixel, {width} x {height}</translation>
    </message>
    <message>
      <source>the best is as the camera wrote it</source>
      <translation>das beste ist so, wie die Kamera es schrieb</translation>
    </message>
    <message>
      <source>the best is the one you chose</source>
      <translation>das beste haben Sie schon ausgewählt</translation>
    </message>
    <message>
      <source>the best is the sharpest of the well exposed</source>
      <translation>das beste ist das schärfste der gut belichteten</translation>
    </message>
    <message>
      <source>the copy came back changed</source>
      <translation>die Kopie kam verändert zurück</translation>
    </message>
    <message>
      <source>the order</source>
      <translation>die Reihenfolge</translation>
    </message>
    <message>
      <source>the same picture where they overlap</source>
      <translation>dasselbe Bild, wo sie sich decken</translation>
    </message>
    <message>
      <source>the size of the file</source>
      <translation>die Größe der Datei</translation>
    </message>
    <message>
      <source>the sort of picture</source>
      <translation>die Art des Bildes</translation>
    </message>
    <message>
      <source>the tag {tag}</source>
      <translation>Schlagwort {tag}</translation>
    </message>
    <message>
      <source>the tags of {pack}</source>
      <translation>Schlagwörter von {pack}</translation>
    </message>
    <message>
      <source>the type of file</source>
      <translation>der Typ der Datei</translation>
    </message>
    <message>
      <source>there is a file of another kind</source>
      <translation>dort liegt eine Datei anderer Art</translation>
    </message>
    <message>
      <source>title {title}</source>
      <translation>Titel {title}</translation>
    </message>
    <message>
      <source>what is known of it</source>
      <translation>was bekannt ist</translation>
    </message>
    <message>
      <source>where it was taken</source>
      <translation>wo es aufgenommen wurde</translation>
    </message>
    <message>
      <source>you have no permission to read it</source>
      <translation>Sie dürfen ihn nicht lesen</translation>
    </message>
    <message>
      <source>{at}: {key} stands twice in one tag.</source>
      <translation>{at}: {key} steht zweimal in einem Schlagwort.</translation>
    </message>
    <message>
      <source>{at}: {shown} is unknown; a tag has {known}.</source>
      <translation>{at}: {shown} ist unbekannt; ein Schlagwort hat {known}.</translation>
    </message>
    <message>
      <source>{count:,} RAW file</source>
      <translation>{count:,} RAW-Datei</translation>
    </message>
    <message>
      <source>{count:,} RAW files</source>
      <translation>{count:,} RAW-Dateien</translation>
    </message>
    <message>
      <source>{count:,} clip</source>
      <translation>{count:,} Clip</translation>
    </message>
    <message>
      <source>{count:,} clips</source>
      <translation>{count:,} Clips</translation>
    </message>
    <message>
      <source>{count:,} edited copies</source>
      <translation>{count:,} bearbeitete Kopien</translation>
    </message>
    <message>
      <source>{count:,} edited copy</source>
      <translation>{count:,} bearbeitete Kopie</translation>
    </message>
    <message>
      <source>{count:,} file could not be moved; all others were.</source>
      <translation>{count:,} Datei konnte nicht verschoben werden, alle anderen schon.</translation>
    </message>
    <message>
      <source>{count:,} files could not be moved; all others were.</source>
      <translation>{count:,} Dateien konnten nicht verschoben werden, alle anderen schon.</translation>
    </message>
    <message>
      <source>{count:,} further copies</source>
      <translation>{count:,} weitere Kopien</translation>
    </message>
    <message>
      <source>{count:,} further copy</source>
      <translation>{count:,} weitere Kopie</translation>
    </message>
    <message>
      <source>{count:,} identical files</source>
      <translation>{count:,} identische Dateien</translation>
    </message>
    <message>
      <source>{count:,} keyword file</source>
      <translation>{count:,} Begleitdatei</translation>
    </message>
    <message>
      <source>{count:,} keyword files</source>
      <translation>{count:,} Begleitdateien</translation>
    </message>
    <message>
      <source>{count:,} photo</source>
      <translation>{count:,} Foto</translation>
    </message>
    <message>
      <source>{count:,} photos</source>
      <translation>{count:,} Fotos</translation>
    </message>
    <message>
      <source>{count:,} star</source>
      <translation>{count:,} Stern</translation>
    </message>
    <message>
      <source>{count:,} stars</source>
      <translation>{count:,} Sterne</translation>
    </message>
    <message>
      <source>{count:,} tags</source>
      <translation>{count:,} Schlagwörter</translation>
    </message>
    <message>
      <source>{field} can only stand at the end of the template.</source>
      <translation>{field} kann nur am Ende der Vorlage stehen.</translation>
    </message>
    <message>
      <source>{file} cannot be copied: {reason}.</source>
      <translation>{file} lässt sich nicht kopieren: {reason}.</translation>
    </message>
    <message>
      <source>{file} cannot be used: it is damaged, is not plain tensors, or does not fit the architecture that its folder names.</source>
      <translation>{file} kann nicht benutzt werden: Die Datei ist beschädigt, enthält nicht nur Zahlen oder passt nicht zu der Architektur, die ihr Ordner nennt.</translation>
    </message>
    <message>
      <source>{file} does not fit the description beside it ({config_file}).</source>
      <translation>{file} passt nicht zu der Beschreibung daneben ({config_file}).</translation>
    </message>
    <message>
      <source>{file} holds more than numbers: it could run code, and was not opened. Look for the model as .safetensors.</source>
      <translation>{file} enthält mehr als Zahlen: Die Datei könnte Programme ausführen und wurde nicht geöffnet. Suchen Sie das Modell als .safetensors.</translation>
    </message>
    <message>
      <source>{file} holds no tags; write one tag a line, or give another file.</source>
      <translation>{file} enthält keine Schlagwörter; schreiben Sie eines in jede Zeile, oder nehmen Sie eine andere Datei.</translation>
    </message>
    <message>
      <source>{file} holds no weights that could be used.</source>
      <translation>{file} enthält kein Modell, das benutzt werden könnte.</translation>
    </message>
    <message>
      <source>{file} is a program (TorchScript), not only weights, and was not opened. Look for the model as .safetensors.</source>
      <translation>{file} ist ein Programm (TorchScript), nicht nur ein Modell, und wurde nicht geöffnet. Suchen Sie das Modell als .safetensors.</translation>
    </message>
    <message>
      <source>{file} is a video, of which the location cannot be removed; it was left out.</source>
      <translation>{file} ist ein Video, aus dem der Ort nicht entfernt werden kann; es wurde ausgelassen.</translation>
    </message>
    <message>
      <source>{file} is damaged or incomplete.</source>
      <translation>{file} ist beschädigt oder unvollständig.</translation>
    </message>
    <message>
      <source>{file} is no copy of a library.</source>
      <translation>{file} ist keine Kopie einer Bibliothek.</translation>
    </message>
    <message>
      <source>{file} is not a picture.</source>
      <translation>{file} ist kein Bild.</translation>
    </message>
    <message>
      <source>{file} is not a text file.</source>
      <translation>{file} ist keine Textdatei.</translation>
    </message>
    <message>
      <source>{file} is not the model that it should be; nothing was changed.</source>
      <translation>{file} ist nicht das Modell, das es sein soll; es wurde nichts geändert.</translation>
    </message>
    <message>
      <source>{file} may say where it was taken in parts that cannot be cleaned; export it as a JPEG.</source>
      <translation>{file} kann den Aufnahmeort in Teilen nennen, die sich nicht bereinigen lassen; exportieren Sie die Datei als JPEG.</translation>
    </message>
    <message>
      <source>{file} needs the files of its tokenizer beside it (tokenizer.json and tokenizer_config.json).</source>
      <translation>{file} braucht die Dateien für die Wörter neben sich (tokenizer.json und tokenizer_config.json).</translation>
    </message>
    <message>
      <source>{file}, line {line}: this is not UTF-8 text; please save the file as UTF-8.</source>
      <translation>{file}, Zeile {line}: Das ist kein UTF-8-Text; bitte speichern Sie die Datei als UTF-8.</translation>
    </message>
    <message>
      <source>{folder} cannot be imported into itself; choose another target.</source>
      <translation>{folder} kann nicht in sich selbst importiert werden; wählen Sie ein anderes Ziel.</translation>
    </message>
    <message>
      <source>{folder} is a file, not a folder.</source>
      <translation>{folder} ist eine Datei, kein Ordner.</translation>
    </message>
    <message>
      <source>{folder} is no folder of the library; see: photosort roots</source>
      <translation>{folder} ist kein Ordner der Bibliothek; siehe: photosort roots</translation>
    </message>
    <message>
      <source>{folder} is not a folder.</source>
      <translation>{folder} ist kein Ordner.</translation>
    </message>
    <message>
      <source>{inner} lies in {outer}; source and target of an import have to lie apart.</source>
      <translation>{inner} liegt in {outer}; Quelle und Ziel eines Imports dürfen nicht ineinander liegen.</translation>
    </message>
    <message>
      <source>{library} is a database of another program, not a Photosort library; it was left as it is.</source>
      <translation>{library} ist die Datenbank eines anderen Programms, keine Bibliothek von Photosort; sie blieb, wie sie ist.</translation>
    </message>
    <message>
      <source>{library} is a folder, not a library file.</source>
      <translation>{library} ist ein Ordner, keine Bibliotheksdatei.</translation>
    </message>
    <message>
      <source>{library} is empty; index a folder first.</source>
      <translation>{library} ist leer; nehmen Sie zuerst einen Ordner auf.</translation>
    </message>
    <message>
      <source>{library} was made by a trial version of Photosort from before 0.1; move it away and index your folders again.</source>
      <translation>{library} stammt von einer Probeversion von Photosort vor 0.1; legen Sie sie woandershin und lesen Sie Ihre Ordner neu ein.</translation>
    </message>
    <message>
      <source>{library} was written by a newer version of Photosort; update Photosort to open it.</source>
      <translation>{library} stammt von einer neueren Version von Photosort; aktualisieren Sie Photosort, um sie zu öffnen.</translation>
    </message>
    <message>
      <source>{library} was written by an older version of Photosort; open it once where it may be written.</source>
      <translation>{library} stammt von einer älteren Version von Photosort; öffnen Sie sie einmal dort, wo in sie geschrieben werden darf.</translation>
    </message>
    <message>
      <source>{name} can be any of {known}; say which one it is.</source>
      <translation>{name} kann jedes von {known} sein; sagen Sie, welches es ist.</translation>
    </message>
    <message>
      <source>{name} is a person; only you can say who is in a photo.</source>
      <translation>{name} ist eine Person; nur Sie können sagen, wer auf einem Foto ist.</translation>
    </message>
    <message>
      <source>{name} is damaged: it holds weights that are not numbers.</source>
      <translation>{name} ist beschädigt: Die Datei enthält Werte, die keine Zahlen sind.</translation>
    </message>
    <message>
      <source>{name} is in use. Use another model first, then remove it.</source>
      <translation>{name} wird benutzt. Benutzen Sie zuerst ein anderes Modell, und entfernen Sie es dann.</translation>
    </message>
    <message>
      <source>{name} is no model: Photosort reads {known} and folders with them.</source>
      <translation>{name} ist kein Modell: Photosort liest {known} und Ordner damit.</translation>
    </message>
    <message>
      <source>{name} is not a {architecture}.</source>
      <translation>{name} ist kein {architecture}.</translation>
    </message>
    <message>
      <source>{name} is not here yet: photosort models download {name}. Here are: {here}.</source>
      <translation>{name} ist noch nicht da: photosort models download {name}. Da sind: {here}.</translation>
    </message>
    <message>
      <source>{name} is of no architecture that Photosort knows. Put its {config_file} beside it.</source>
      <translation>{name} hat keine Architektur, die Photosort kennt. Legen Sie {config_file} daneben.</translation>
    </message>
    <message>
      <source>{path} cannot be opened. Check that its folder exists and that you may use it.</source>
      <translation>{path} lässt sich nicht öffnen. Prüfen Sie, ob es den Ordner gibt und ob Sie ihn benutzen dürfen.</translation>
    </message>
    <message>
      <source>{path} cannot be searched by: {reason}</source>
      <translation>Nach {path} lässt sich nicht suchen: {reason}</translation>
    </message>
    <message>
      <source>{path} cannot be used: {reason}.</source>
      <translation>{path} lässt sich nicht benutzen: {reason}.</translation>
    </message>
    <message>
      <source>{path} cannot be written; nothing was changed. Check its permissions and those of its folder.</source>
      <translation>In {path} lässt sich nicht schreiben; nichts wurde geändert. Prüfen Sie die Rechte der Datei und ihres Ordners.</translation>
    </message>
    <message>
      <source>{path} could not be used: {reason}</source>
      <translation>{path} ließ sich nicht benutzen: {reason}</translation>
    </message>
    <message>
      <source>{path} is damaged; your photos are not touched. `photosort check --repair` puts it aside and brings back what can be read of it, together with its newest copy.</source>
      <translation>{path} ist beschädigt; Ihre Fotos sind unberührt. `photosort check --repair` legt die Datei beiseite und holt zurück, was von ihr gelesen werden kann, zusammen mit ihrer neuesten Kopie.</translation>
    </message>
    <message>
      <source>{path} is not in the library.</source>
      <translation>{path} ist nicht in der Bibliothek.</translation>
    </message>
    <message>
      <source>{path} is not in the library. There is no such file either.</source>
      <translation>{path} ist nicht in der Bibliothek. Es gibt auch keine solche Datei.</translation>
    </message>
    <message>
      <source>{place}: a tag has at most {most} characters.</source>
      <translation>{place}: Ein Schlagwort hat höchstens {most} Zeichen.</translation>
    </message>
    <message>
      <source>{place}: a tag has no name.</source>
      <translation>{place}: Ein Schlagwort hat keinen Namen.</translation>
    </message>
    <message>
      <source>{place}: a tag's name cannot have a vertical bar: {name}.</source>
      <translation>{place}: Der Name eines Schlagworts kann keinen senkrechten Strich enthalten: {name}.</translation>
    </message>
    <message>
      <source>{place}: here stands a list where a tag should be.</source>
      <translation>{place}: Hier steht eine Liste, wo ein Schlagwort stehen sollte.</translation>
    </message>
    <message>
      <source>{place}: often is 0, 1, 2 or 3, not {often}.</source>
      <translation>{place}: often ist 0, 1, 2 oder 3, nicht {often}.</translation>
    </message>
    <message>
      <source>{place}: tags are nested more than {most} levels deep.</source>
      <translation>{place}: Schlagwörter sind mehr als {most} Ebenen tief verschachtelt.</translation>
    </message>
    <message>
      <source>{place}: there are unreadable characters in this line.</source>
      <translation>{place}: In dieser Zeile stehen unlesbare Zeichen.</translation>
    </message>
    <message>
      <source>{place}: there is no pack {pack}; there are {known}.</source>
      <translation>{place}: Es gibt kein Paket {pack}; es gibt {known}.</translation>
    </message>
    <message>
      <source>{place}: these are more than {most:,} tags, the most that a vocabulary can have; please split or shorten the file.</source>
      <translation>{place}: Das sind mehr als {most:,} Schlagwörter, mehr kann eine Liste nicht haben; bitte teilen oder kürzen Sie die Datei.</translation>
    </message>
    <message>
      <source>{place}: {alias}, an alias of {tag}, is taken by {owner}.</source>
      <translation>{place}: {alias}, ein anderes Wort für {tag}, gehört schon zu {owner}.</translation>
    </message>
    <message>
      <source>{place}: {key} is a list.</source>
      <translation>{place}: {key} ist eine Liste.</translation>
    </message>
    <message>
      <source>{place}: {key} is true or false.</source>
      <translation>{place}: {key} ist true oder false.</translation>
    </message>
    <message>
      <source>{place}: {key} needs plain words here.</source>
      <translation>{place}: {key} braucht hier einfache Wörter.</translation>
    </message>
    <message>
      <source>{place}: {tag} is already at {first}.</source>
      <translation>{place}: {tag} steht schon in {first}.</translation>
    </message>
    <message>
      <source>{place}: {tag} stands under itself; remove one of the lines that make the circle.</source>
      <translation>{place}: {tag} steht unter sich selbst; entfernen Sie eine der Zeilen, die den Kreis schließen.</translation>
    </message>
    <message>
      <source>{problem} It was left as it is.</source>
      <translation>{problem} Sie blieb, wie sie ist.</translation>
    </message>
    <message>
      <source>{source} is no longer connected. Imported so far: {photos}. Connect it and import again to go on.</source>
      <translation>{source} ist nicht mehr angeschlossen. Bisher importiert: {photos}. Schließen Sie es an und importieren Sie noch einmal, um fortzufahren.</translation>
    </message>
    <message>
      <source>{source} is not sound YAML.</source>
      <translation>{source} ist kein gültiges YAML.</translation>
    </message>
    <message>
      <source>{source}, line {line}: a second document begins here.</source>
      <translation>{source}, Zeile {line}: Hier beginnt ein zweites Dokument.</translation>
    </message>
    <message>
      <source>{source}, line {line}: lists are nested too deeply.</source>
      <translation>{source}, Zeile {line}: Listen sind zu tief verschachtelt.</translation>
    </message>
    <message>
      <source>{source}, line {line}: references (*) are not possible here.</source>
      <translation>{source}, Zeile {line}: Verweise (*) sind hier nicht möglich.</translation>
    </message>
    <message>
      <source>{source}, line {line}: this is not sound YAML: {reason}.</source>
      <translation>{source}, Zeile {line}: Das ist kein gültiges YAML: {reason}.</translation>
    </message>
    <message>
      <source>{word} needs a term on both sides; in quotes it is a word.</source>
      <translation>{word} braucht auf beiden Seiten etwas; in Anführungszeichen ist es ein Wort.</translation>
    </message>
    <message>
      <source>“sort:” orders the whole query and stands by itself.</source>
      <translation>„sort:“ ordnet die ganze Suche und steht für sich.</translation>
    </message>
    <message>
      <source>“sort:” orders the whole query.</source>
      <translation>„sort:“ ordnet die ganze Suche.</translation>
    </message>
    <message>
      <source>“sort:” takes one of {known}.</source>
      <translation>„sort:“ nimmt eines von {known}.</translation>
    </message>
    <message>
      <source>“{field}:” takes one of {known}.</source>
      <translation>„{field}:“ nimmt eines von {known}.</translation>
    </message>
    <message>
      <source>“{field}” waits for a value.</source>
      <translation>„{field}“ wartet auf einen Wert.</translation>
    </message>
    <message>
      <source>“{name}” takes a colon, as in {field}:value; only rating and size can be compared.</source>
      <translation>„{name}“ nimmt einen Doppelpunkt, wie in {field}:wert; nur rating und size können verglichen werden.</translation>
    </message>
    <message>
      <source>“{text}” is no date; write 2023-05-14 14:30</source>
      <translation>„{text}“ ist kein Datum; schreiben Sie 2023-05-14 14:30</translation>
    </message>
    <message>
      <source>“{text}” is no length of time; write +1h30m</source>
      <translation>„{text}“ ist keine Zeitspanne; schreiben Sie +1h30m</translation>
    </message>
    <message>
      <source>“{text}” is no place; write latitude and longitude: 48.2082,16.3738</source>
      <translation>„{text}“ ist kein Ort; schreiben Sie Breite und Länge: 48.2082,16.3738</translation>
    </message>
  </context>
</TS>
