<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en_US">
  <context>
    <name>Actions</name>
    <message numerus="yes">
      <source>%n star(s)</source>
      <translation>
        <numerusform>%n star</numerusform>
        <numerusform>%n stars</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>AlbumBar</name>
    <message numerus="yes">
      <source>%Ln photo(s) will move into it.</source>
      <translation>
        <numerusform>%Ln photo will move into it.</numerusform>
        <numerusform>%Ln photos will move into it.</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>AlbumCommands</name>
    <message numerus="yes">
      <source>%Ln album(s) become one; the photos stay as they are.</source>
      <translation>
        <numerusform>%Ln album stays one; the photos stay as they are.</numerusform>
        <numerusform>%Ln albums become one; the photos stay as they are.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Delete %Ln album(s)</source>
      <translation>
        <numerusform>Delete %Ln album</numerusform>
        <numerusform>Delete %Ln albums</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>AlbumsPage</name>
    <message numerus="yes">
      <source>%Ln album(s) selected</source>
      <translation>
        <numerusform>%Ln album selected</numerusform>
        <numerusform>%Ln albums selected</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>BackupsDialog</name>
    <message numerus="yes">
      <source>%Ln change(s) made since then would be gone.</source>
      <translation>
        <numerusform>%Ln change made since then would be gone.</numerusform>
        <numerusform>%Ln changes made since then would be gone.</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>CollectionsPanel</name>
    <message numerus="yes">
      <source>%Ln photo(s) will be in it.</source>
      <translation>
        <numerusform>%Ln photo will be in it.</numerusform>
        <numerusform>%Ln photos will be in it.</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>CompareSets</name>
    <message numerus="yes">
      <source>%Ln photo(s) compared with the rest</source>
      <translation>
        <numerusform>%Ln photo compared with the rest</numerusform>
        <numerusform>%Ln photos compared with the rest</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>The %Ln photo(s) noted before</source>
      <translation>
        <numerusform>The %Ln photo noted before</numerusform>
        <numerusform>The %Ln photos noted before</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>CompareView</name>
    <message numerus="yes">
      <source>%n star(s)</source>
      <translation>
        <numerusform>%n star</numerusform>
        <numerusform>%n stars</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%Ln more to come</source>
      <translation>
        <numerusform>%Ln more to come</numerusform>
        <numerusform>%Ln more to come</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>DuplicateCard</name>
    <message numerus="yes">
      <source>Discard %Ln photo(s)</source>
      <translation>
        <numerusform>Discard %Ln photo</numerusform>
        <numerusform>Discard %Ln photos</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>DuplicatesPage</name>
    <message numerus="yes">
      <source>Keep the best of %Ln sure group(s)</source>
      <translation>
        <numerusform>Keep the best of %Ln sure group</numerusform>
        <numerusform>Keep the best of %Ln sure groups</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>ExportCopiesDialog</name>
    <message numerus="yes">
      <source>%n file(s)</source>
      <translation>
        <numerusform>%n file</numerusform>
        <numerusform>%n files</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n photo(s)</source>
      <translation>
        <numerusform>%n photo</numerusform>
        <numerusform>%n photos</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>FilterBar</name>
    <message numerus="yes">
      <source>%Ln more: type them</source>
      <translation>
        <numerusform>%Ln more: type it</numerusform>
        <numerusform>%Ln more: type them</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>FirstCard</name>
    <message numerus="yes">
      <source>%Ln photo(s) can be searched now.</source>
      <translation>
        <numerusform>%Ln photo can be searched now.</numerusform>
        <numerusform>%Ln photos can be searched now.</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>ForgetDialog</name>
    <message numerus="yes">
      <source>Forget %Ln photo(s) for good?</source>
      <translation>
        <numerusform>Forget %Ln photo for good?</numerusform>
        <numerusform>Forget %Ln photos for good?</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Files of %Ln of them lie in folders of the library and would come back as new photos. Move them away first, or name them in .photosortignore.</source>
      <translation>
        <numerusform>A file of %Ln of them lies in a folder of the library and would come back as a new photo. Move it away first, or name it in .photosortignore.</numerusform>
        <numerusform>Files of %Ln of them lie in folders of the library and would come back as new photos. Move them away first, or name them in .photosortignore.</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>Forgetting</name>
    <message numerus="yes">
      <source>%Ln photo(s) forgotten</source>
      <translation>
        <numerusform>%Ln photo forgotten</numerusform>
        <numerusform>%Ln photos forgotten</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>ImportController</name>
    <message numerus="yes">
      <source>Reading %n folder(s) again.</source>
      <translation>
        <numerusform>Reading %n folder again.</numerusform>
        <numerusform>Reading %n folders again.</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>ImportPhotosDialog</name>
    <message numerus="yes">
      <source>All %Ln photo(s) are in the library already.</source>
      <translation>
        <numerusform>The %Ln photo is in the library already.</numerusform>
        <numerusform>All %Ln photos are in the library already.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%Ln new photo(s), {size}</source>
      <translation>
        <numerusform>%Ln new photo, {size}</numerusform>
        <numerusform>%Ln new photos, {size}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{new}; %Ln are there already</source>
      <translation>
        <numerusform>{new}; %Ln is there already</numerusform>
        <numerusform>{new}; %Ln are there already</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%Ln other file(s) are no photos and stay.</source>
      <translation>
        <numerusform>%Ln other file is no photo and stays.</numerusform>
        <numerusform>%Ln other files are no photos and stay.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%Ln file(s) cannot be read.</source>
      <translation>
        <numerusform>%Ln file cannot be read.</numerusform>
        <numerusform>%Ln files cannot be read.</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>KeywordFiles</name>
    <message numerus="yes">
      <source>Stopped; %Ln keyword file(s) written</source>
      <translation>
        <numerusform>Stopped; %Ln keyword file written</numerusform>
        <numerusform>Stopped; %Ln keyword files written</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%Ln keyword file(s) written</source>
      <translation>
        <numerusform>%Ln keyword file written</numerusform>
        <numerusform>%Ln keyword files written</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%Ln keyword file(s) could not be written; they are as they were, and your tags are kept.</source>
      <translation>
        <numerusform>%Ln keyword file could not be written; it is as it was, and your tags are kept.</numerusform>
        <numerusform>%Ln keyword files could not be written; they are as they were, and your tags are kept.</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>KeywordsCard</name>
    <message numerus="yes">
      <source>You use %Ln keyword(s) on</source>
      <translation>
        <numerusform>You use %Ln keyword on</numerusform>
        <numerusform>You use %Ln keywords on</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>Loupe</name>
    <message numerus="yes">
      <source>%n star(s)</source>
      <translation>
        <numerusform>%n star</numerusform>
        <numerusform>%n stars</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>MapPage</name>
    <message numerus="yes">
      <source>Click on the map where %Ln photo(s) were taken, or drag them there.</source>
      <translation>
        <numerusform>Click on the map where %Ln photo was taken, or drag it there.</numerusform>
        <numerusform>Click on the map where %Ln photos were taken, or drag them there.</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>MapView</name>
    <message numerus="yes">
      <source>%Ln photo(s) will be in it.</source>
      <translation>
        <numerusform>%Ln photo will be in it.</numerusform>
        <numerusform>%Ln photos will be in it.</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>MarksBar</name>
    <message numerus="yes">
      <source>%n star(s)</source>
      <translation>
        <numerusform>%n star</numerusform>
        <numerusform>%n stars</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>PasteMetadataDialog</name>
    <message numerus="yes">
      <source>Paste metadata on %Ln photo(s)</source>
      <translation>
        <numerusform>Paste metadata on %Ln photo</numerusform>
        <numerusform>Paste metadata on %Ln photos</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>PhotoCommands</name>
    <message numerus="yes">
      <source>%Ln path(s) copied</source>
      <translation>
        <numerusform>%Ln path copied</numerusform>
        <numerusform>%Ln paths copied</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>PhotoImport</name>
    <message numerus="yes">
      <source>%Ln file(s) could not be imported; they are where they were.</source>
      <translation>
        <numerusform>%Ln file could not be imported; it is where it was.</numerusform>
        <numerusform>%Ln files could not be imported; they are where they were.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%Ln photo(s) imported.</source>
      <translation>
        <numerusform>%Ln photo imported.</numerusform>
        <numerusform>%Ln photos imported.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%Ln photo(s) were there already.</source>
      <translation>
        <numerusform>%Ln photo was there already.</numerusform>
        <numerusform>%Ln photos were there already.</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>PhotoListModel</name>
    <message numerus="yes">
      <source>open stack of %Ln photo(s)</source>
      <translation>
        <numerusform>open stack of %Ln photo</numerusform>
        <numerusform>open stack of %Ln photos</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>closed stack of %Ln photo(s)</source>
      <translation>
        <numerusform>closed stack of %Ln photo</numerusform>
        <numerusform>closed stack of %Ln photos</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>PreferencesDialog</name>
    <message numerus="yes">
      <source>%Ln photo(s)</source>
      <translation>
        <numerusform>%Ln photo</numerusform>
        <numerusform>%Ln photos</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>ProblemsPage</name>
    <message numerus="yes">
      <source>%Ln file(s) could not be used</source>
      <translation>
        <numerusform>%Ln file could not be used</numerusform>
        <numerusform>%Ln files could not be used</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>RatingStars</name>
    <message numerus="yes">
      <source>%n star(s)</source>
      <translation>
        <numerusform>%n star</numerusform>
        <numerusform>%n stars</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>ReviewPage</name>
    <message numerus="yes">
      <source>%Ln photo(s)</source>
      <translation>
        <numerusform>%Ln photo</numerusform>
        <numerusform>%Ln photos</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%Ln photo(s) gained</source>
      <translation>
        <numerusform>%Ln photo gained</numerusform>
        <numerusform>%Ln photos gained</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%Ln photo(s) lost</source>
      <translation>
        <numerusform>%Ln photo lost</numerusform>
        <numerusform>%Ln photos lost</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>StatusBar</name>
    <message numerus="yes">
      <source>%Ln filter(s)</source>
      <translation>
        <numerusform>%Ln filter</numerusform>
        <numerusform>%Ln filters</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>SuggestionCards</name>
    <message numerus="yes">
      <source>%Ln more</source>
      <translation>
        <numerusform>%Ln more</numerusform>
        <numerusform>%Ln more</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%Ln photo(s) would make the album “{name}”</source>
      <translation>
        <numerusform>%Ln photo would make the album “{name}”</numerusform>
        <numerusform>%Ln photos would make the album “{name}”</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%Ln photo(s) would join “{name}”</source>
      <translation>
        <numerusform>%Ln photo would join “{name}”</numerusform>
        <numerusform>%Ln photos would join “{name}”</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>TagBatchDialog</name>
    <message numerus="yes">
      <source>Looking at %Ln photo(s); nothing changes yet.</source>
      <translation>
        <numerusform>Looking at %Ln photo; nothing changes yet.</numerusform>
        <numerusform>Looking at %Ln photos; nothing changes yet.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%Ln suggestion(s)</source>
      <translation>
        <numerusform>%Ln suggestion</numerusform>
        <numerusform>%Ln suggestions</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%Ln tag(s)</source>
      <translation>
        <numerusform>%Ln tag</numerusform>
        <numerusform>%Ln tags</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>TagsPage</name>
    <message numerus="yes">
      <source>%Ln tag(s) written to {file}.</source>
      <translation>
        <numerusform>%Ln tag written to {file}.</numerusform>
        <numerusform>%Ln tags written to {file}.</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>TrashController</name>
    <message numerus="yes">
      <source>%Ln photo(s) could not be moved to the wastebasket and are where they were.</source>
      <translation>
        <numerusform>%Ln photo could not be moved to the wastebasket and is where it was.</numerusform>
        <numerusform>%Ln photos could not be moved to the wastebasket and are where they were.</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>TrashDialog</name>
    <message numerus="yes">
      <source>Move %Ln photo(s) to the wastebasket?</source>
      <translation>
        <numerusform>Move %Ln photo to the wastebasket?</numerusform>
        <numerusform>Move %Ln photos to the wastebasket?</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%Ln photo(s) stay:</source>
      <translation>
        <numerusform>%Ln photo stays:</numerusform>
        <numerusform>%Ln photos stay:</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>WhyPanel</name>
    <message numerus="yes">
      <source>Like %Ln photo(s) you said yes to.</source>
      <translation>
        <numerusform>Like %Ln photo you said yes to.</numerusform>
        <numerusform>Like %Ln photos you said yes to.</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>WorkerStrip</name>
    <message numerus="yes">
      <source>%Ln not usable</source>
      <translation>
        <numerusform>%Ln not usable</numerusform>
        <numerusform>%Ln not usable</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>albums</name>
    <message numerus="yes">
      <source>%Ln photo(s) that look alike</source>
      <translation>
        <numerusform>%Ln photo that looks alike</numerusform>
        <numerusform>%Ln photos that look alike</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>book</name>
    <message numerus="yes">
      <source>%n star(s)</source>
      <translation>
        <numerusform>%n star</numerusform>
        <numerusform>%n stars</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>browser</name>
    <message numerus="yes">
      <source>{searchable} of %Ln photo(s) can be searched so far.</source>
      <translation>
        <numerusform>{searchable} of %Ln photo can be searched so far.</numerusform>
        <numerusform>{searchable} of %Ln photos can be searched so far.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%Ln good match(es)</source>
      <translation>
        <numerusform>%Ln good match</numerusform>
        <numerusform>%Ln good matches</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Show %Ln possible match(es)</source>
      <translation>
        <numerusform>Show %Ln possible match</numerusform>
        <numerusform>Show %Ln possible matches</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%Ln possible match(es)</source>
      <translation>
        <numerusform>%Ln possible match</numerusform>
        <numerusform>%Ln possible matches</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>editing</name>
    <message numerus="yes">
      <source>and %Ln more photo(s)</source>
      <translation>
        <numerusform>and %Ln more photo</numerusform>
        <numerusform>and %Ln more photos</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>filters</name>
    <message numerus="yes">
      <source>%n star(s) or more</source>
      <translation>
        <numerusform>%n star or more</numerusform>
        <numerusform>%n stars or more</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>models</name>
    <message numerus="yes">
      <source>%Ln language(s)</source>
      <translation>
        <numerusform>%Ln language</numerusform>
        <numerusform>%Ln languages</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>words</name>
    <message numerus="yes">
      <source>%Ln photo(s)</source>
      <translation>
        <numerusform>%Ln photo</numerusform>
        <numerusform>%Ln photos</numerusform>
      </translation>
    </message>
  </context>
</TS>
