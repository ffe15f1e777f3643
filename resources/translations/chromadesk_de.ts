<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name></name>
    <message numerus="yes">
        <source>%Ln approved photo(s)</source>
        <translation>
            <numerusform>%Ln freigegebenes Foto</numerusform>
            <numerusform>%Ln freigegebene Fotos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln approved since {model}</source>
        <translation>
            <numerusform>%Ln freigegeben seit {model}</numerusform>
            <numerusform>%Ln freigegeben seit {model}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln colour(s) outside sRGB</source>
        <translation>
            <numerusform>%Ln Farbe außerhalb von sRGB</numerusform>
            <numerusform>%Ln Farben außerhalb von sRGB</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln could not be read</source>
        <translation>
            <numerusform>%Ln nicht lesbar</numerusform>
            <numerusform>%Ln nicht lesbar</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln could not be written</source>
        <translation>
            <numerusform>%Ln konnte nicht geschrieben werden</numerusform>
            <numerusform>%Ln konnten nicht geschrieben werden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln fill(s)</source>
        <translation>
            <numerusform>%Ln Füllung</numerusform>
            <numerusform>%Ln Füllungen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln have no mask yet</source>
        <translation>
            <numerusform>%Ln hat noch keine Maske</numerusform>
            <numerusform>%Ln haben noch keine Maske</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln have no mask yet or were approved before</source>
        <translation>
            <numerusform>%Ln hat noch keine Maske oder war schon freigegeben</numerusform>
            <numerusform>%Ln haben noch keine Maske oder waren schon freigegeben</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln label(s)</source>
        <translation>
            <numerusform>%Ln Label</numerusform>
            <numerusform>%Ln Labels</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln label(s) have no class yet: choose a map, or a class in each row. Photos that have them stay out.</source>
        <translation>
            <numerusform>%Ln Label hat noch keine Klasse: eine Zuordnung wählen oder eine Klasse in der Zeile. Fotos damit bleiben draußen.</numerusform>
            <numerusform>%Ln Labels haben noch keine Klasse: eine Zuordnung wählen oder in jeder Zeile eine Klasse. Fotos damit bleiben draußen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln lasso(s)</source>
        <translation>
            <numerusform>%Ln Lasso</numerusform>
            <numerusform>%Ln Lassos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln left as they are</source>
        <translation>
            <numerusform>%Ln unverändert gelassen</numerusform>
            <numerusform>%Ln unverändert gelassen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln mask(s) added to {folder}</source>
        <translation>
            <numerusform>%Ln Maske zu {folder} hinzugefügt</numerusform>
            <numerusform>%Ln Masken zu {folder} hinzugefügt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more without this class</source>
        <translation>
            <numerusform>%Ln weiteres ohne diese Klasse</numerusform>
            <numerusform>%Ln weitere ohne diese Klasse</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln other step(s)</source>
        <translation>
            <numerusform>%Ln anderer Schritt</numerusform>
            <numerusform>%Ln andere Schritte</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s)</source>
        <translation>
            <numerusform>%Ln Foto</numerusform>
            <numerusform>%Ln Fotos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) approved</source>
        <translation>
            <numerusform>%Ln Foto freigegeben</numerusform>
            <numerusform>%Ln Fotos freigegeben</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) cannot be read: {reason}</source>
        <translation>
            <numerusform>%Ln Foto ist nicht lesbar: {reason}</numerusform>
            <numerusform>%Ln Fotos sind nicht lesbar: {reason}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) could not be saved: {reason}.</source>
        <translation>
            <numerusform>%Ln Foto ließ sich nicht speichern: {reason}.</numerusform>
            <numerusform>%Ln Fotos ließen sich nicht speichern: {reason}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) counted.</source>
        <translation>
            <numerusform>%Ln Foto gezählt.</numerusform>
            <numerusform>%Ln Fotos gezählt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) excluded</source>
        <translation>
            <numerusform>%Ln Foto ausgeschlossen</numerusform>
            <numerusform>%Ln Fotos ausgeschlossen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) exported</source>
        <translation>
            <numerusform>%Ln Foto exportiert</numerusform>
            <numerusform>%Ln Fotos exportiert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) noted</source>
        <translation>
            <numerusform>Notiz zu %Ln Foto gespeichert</numerusform>
            <numerusform>Notiz zu %Ln Fotos gespeichert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) predicted</source>
        <translation>
            <numerusform>%Ln Foto mit Vorschlag versehen</numerusform>
            <numerusform>%Ln Fotos mit Vorschlägen versehen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) taken back</source>
        <translation>
            <numerusform>%Ln Foto zurück in Arbeit genommen</numerusform>
            <numerusform>%Ln Fotos zurück in Arbeit genommen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) were turned upright or converted, so that other programs show them alike.</source>
        <translation>
            <numerusform>%Ln Foto wurde aufgerichtet oder umgewandelt, damit andere Programme es ebenso zeigen.</numerusform>
            <numerusform>%Ln Fotos wurden aufgerichtet oder umgewandelt, damit andere Programme sie ebenso zeigen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) with their masks</source>
        <translation>
            <numerusform>%Ln Foto mit seiner Maske</numerusform>
            <numerusform>%Ln Fotos mit ihren Masken</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) with this colour</source>
        <translation>
            <numerusform>%Ln Foto mit dieser Farbe</numerusform>
            <numerusform>%Ln Fotos mit dieser Farbe</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) written to {folder}</source>
        <translation>
            <numerusform>%Ln Foto nach {folder} geschrieben</numerusform>
            <numerusform>%Ln Fotos nach {folder} geschrieben</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s), {labels}.</source>
        <translation>
            <numerusform>%Ln Foto, {labels}.</numerusform>
            <numerusform>%Ln Fotos, {labels}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln pixel(s) came back from {name}.</source>
        <translation>
            <numerusform>%Ln Pixel kam aus {name} zurück.</numerusform>
            <numerusform>%Ln Pixel kamen aus {name} zurück.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln replaced</source>
        <translation>
            <numerusform>%Ln ersetzt</numerusform>
            <numerusform>%Ln ersetzt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln selected</source>
        <translation>
            <numerusform>%Ln ausgewählt</numerusform>
            <numerusform>%Ln ausgewählt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln step(s), {memory}</source>
        <translation>
            <numerusform>%Ln Schritt, {memory}</numerusform>
            <numerusform>%Ln Schritte, {memory}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln stroke(s)</source>
        <translation>
            <numerusform>%Ln Strich</numerusform>
            <numerusform>%Ln Striche</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln test photo(s)</source>
        <translation>
            <numerusform>%Ln Testfoto</numerusform>
            <numerusform>%Ln Testfotos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln the same as before</source>
        <translation>
            <numerusform>%Ln gleich geblieben</numerusform>
            <numerusform>%Ln gleich geblieben</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln training photo(s)</source>
        <translation>
            <numerusform>%Ln Trainingsfoto</numerusform>
            <numerusform>%Ln Trainingsfotos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln want a look anyway</source>
        <translation>
            <numerusform>%Ln ist ohnehin noch in Arbeit</numerusform>
            <numerusform>%Ln sind ohnehin noch in Arbeit</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln were before</source>
        <translation>
            <numerusform>%Ln war es schon</numerusform>
            <numerusform>%Ln waren es schon</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln were edited, approved or excluded</source>
        <translation>
            <numerusform>%Ln war bearbeitet, freigegeben oder ausgeschlossen</numerusform>
            <numerusform>%Ln waren bearbeitet, freigegeben oder ausgeschlossen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln were left</source>
        <translation>
            <numerusform>%Ln blieb übrig</numerusform>
            <numerusform>%Ln blieben übrig</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln without a mask left out.</source>
        <translation>
            <numerusform>%Ln ohne Maske ausgelassen.</numerusform>
            <numerusform>%Ln ohne Maske ausgelassen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln without an approved mask left out.</source>
        <translation>
            <numerusform>%Ln ohne freigegebene Maske ausgelassen.</numerusform>
            <numerusform>%Ln ohne freigegebene Maske ausgelassen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n job(s) running</source>
        <translation>
            <numerusform>%n Auftrag läuft</numerusform>
            <numerusform>%n Aufträge laufen</numerusform>
        </translation>
    </message>
    <message>
        <source>(@canvas.size_down and @canvas.size_up, or the arrows)</source>
        <translation>(@canvas.size_down und @canvas.size_up oder die Pfeile)</translation>
    </message>
    <message>
        <source>(@canvas.swap swaps classes)</source>
        <translation>(@canvas.swap tauscht die Klassen)</translation>
    </message>
    <message>
        <source>(and {number} more)</source>
        <translation>(und {number} weitere)</translation>
    </message>
    <message>
        <source>1 photo, {pixels} pixels without background</source>
        <translation>1 Foto, {pixels} Pixel ohne Hintergrund</translation>
    </message>
    <message>
        <source>1 test photo</source>
        <translation>1 Testfoto</translation>
    </message>
    <message>
        <source>; {share} % of all that is worn</source>
        <translation>; {share} % von allem, was getragen wird</translation>
    </message>
    <message>
        <source>&lt;b&gt;{name}&lt;/b&gt;&amp;nbsp;&amp;nbsp; {share} % of the photo</source>
        <translation>&lt;b&gt;{name}&lt;/b&gt;&amp;nbsp;&amp;nbsp; {share} % des Fotos</translation>
    </message>
    <message>
        <source>A .mat file a photo with the matrix of its labels, laid out as Clothing Co-Parsing is.</source>
        <translation>Je Foto eine .mat-Datei mit der Matrix seiner Labels, geordnet wie Clothing Co-Parsing.</translation>
    </message>
    <message>
        <source>A JSON file beside each photo, as labelme saves it.</source>
        <translation>Eine JSON-Datei neben jedem Foto, wie labelme sie speichert.</translation>
    </message>
    <message>
        <source>A bald head is skin; there may be no hair at all.</source>
        <translation>Eine Glatze ist Haut; Haare kann es auch gar keine geben.</translation>
    </message>
    <message>
        <source>A beard and eyebrows are skin, not hair.</source>
        <translation>Bart und Augenbrauen sind Haut, nicht Haare.</translation>
    </message>
    <message>
        <source>A board holds the colours of a season: add them from a photo or the collection.</source>
        <translation>Ein Board hält die Farben einer Saison fest: Fügen Sie welche aus einem Foto oder der Sammlung hinzu.</translation>
    </message>
    <message>
        <source>A border needs two corners</source>
        <translation>Eine Grenze braucht zwei Ecken</translation>
    </message>
    <message>
        <source>A click runs the command</source>
        <translation>Ein Klick führt den Befehl aus</translation>
    </message>
    <message>
        <source>A diagnostic bundle is being gathered…</source>
        <translation>Ein Diagnosepaket wird zusammengestellt…</translation>
    </message>
    <message>
        <source>A document a photo, a layer a class: to paint in Photoshop, Krita or GIMP, and to bring back.</source>
        <translation>Je Foto ein Dokument, je Klasse eine Ebene: zum Malen in Photoshop, Krita oder GIMP und zum Zurückholen.</translation>
    </message>
    <message>
        <source>A figure whose {name} is coloured</source>
        <translation>Eine Figur, farbig hervorgehoben: {name}</translation>
    </message>
    <message>
        <source>A hood and a turned-up collar belong to their coat.</source>
        <translation>Kapuze und hochgeschlagener Kragen gehören zu ihrem Mantel.</translation>
    </message>
    <message>
        <source>A model learns from approved masks, and there is none yet.</source>
        <translation>Ein Modell lernt aus freigegebenen Masken; noch gibt es keine.</translation>
    </message>
    <message>
        <source>A new data set</source>
        <translation>Ein neuer Datensatz</translation>
    </message>
    <message>
        <source>A new folder, or an empty one</source>
        <translation>Ein neuer oder leerer Ordner</translation>
    </message>
    <message>
        <source>A new folder; one that is there gets more photos</source>
        <translation>Ein neuer Ordner; ein vorhandener bekommt weitere Fotos</translation>
    </message>
    <message>
        <source>A new network</source>
        <translation>Ein neues Netz</translation>
    </message>
    <message>
        <source>A note on this board: the mood, the season, for whom</source>
        <translation>Notiz zu diesem Board: Stimmung, Saison, für wen</translation>
    </message>
    <message>
        <source>A note; Enter keeps it</source>
        <translation>Notiz; Enter speichert sie</translation>
    </message>
    <message>
        <source>A phone, a cup or papers in the hand are no dress: background. The data set is of two minds; keep to one.</source>
        <translation>Handy, Becher oder Papiere in der Hand sind keine Kleidung: Hintergrund. Der Datensatz ist da uneins; bei einer Lesart bleiben.</translation>
    </message>
    <message>
        <source>A pixel belongs to the class that covers most of it; there is no half.</source>
        <translation>Ein Pixel gehört zu der Klasse, die das meiste davon bedeckt; Halbes gibt es nicht.</translation>
    </message>
    <message>
        <source>A soft edge, pixel by pixel</source>
        <translation>Eine weiche Kante, Pixel für Pixel</translation>
    </message>
    <message>
        <source>A tool&apos;s key, held</source>
        <translation>Werkzeugtaste</translation>
    </message>
    <message>
        <source>A training that you stop keeps what it has learned and can be continued later.</source>
        <translation>Ein gestopptes Training behält, was es gelernt hat, und lässt sich später fortsetzen.</translation>
    </message>
    <message>
        <source>Acc. old</source>
        <translation>Gen. alt</translation>
    </message>
    <message>
        <source>Accs.</source>
        <translation>Acc.</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>Actions ▾</source>
        <translation>Aktionen ▾</translation>
    </message>
    <message>
        <source>Actual pixels</source>
        <translation>Tatsächliche Pixel</translation>
    </message>
    <message>
        <source>Add to board</source>
        <translation>Aufs Board</translation>
    </message>
    <message>
        <source>Adopt</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>Adopt anyway</source>
        <translation>Trotzdem übernehmen</translation>
    </message>
    <message>
        <source>Adopt as {name}</source>
        <translation>Als {name} übernehmen</translation>
    </message>
    <message>
        <source>Adopted: it is {version} and makes the proposals.</source>
        <translation>Übernommen: Es heißt {version} und macht jetzt die Vorschläge.</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>Erweitert</translation>
    </message>
    <message>
        <source>Adversarial (GAN + L1)</source>
        <translation>Gegnerisch (GAN + L1)</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>All its pixels are of one colour.</source>
        <translation>Alle ihre Pixel haben eine Farbe.</translation>
    </message>
    <message>
        <source>All photos</source>
        <translation>Alle Fotos</translation>
    </message>
    <message>
        <source>All pixels</source>
        <translation>Alle Pixel</translation>
    </message>
    <message>
        <source>All pixels alike</source>
        <translation>Alle Pixel gleich</translation>
    </message>
    <message>
        <source>All pixels but background</source>
        <translation>Alle Pixel ohne Hintergrund</translation>
    </message>
    <message>
        <source>All states</source>
        <translation>Alle Zustände</translation>
    </message>
    <message>
        <source>All that have a mask and are not excluded</source>
        <translation>Alle mit Maske, die nicht ausgeschlossen sind</translation>
    </message>
    <message>
        <source>All that is not the person: street, cars, shadows.</source>
        <translation>Alles, was nicht die Person ist: Straße, Autos, Schatten.</translation>
    </message>
    <message>
        <source>All that is worn and is no accessory: coats, dresses, trousers, skirts, shorts.</source>
        <translation>Alles, was getragen wird und kein Accessoire ist: Mäntel, Kleider, Hosen, Röcke, Shorts.</translation>
    </message>
    <message>
        <source>All, corrected more often</source>
        <translation>Alle, korrigierte öfter</translation>
    </message>
    <message>
        <source>All, each as often</source>
        <translation>Alle, jedes gleich oft</translation>
    </message>
    <message>
        <source>Already as before the last save</source>
        <translation>Schon wie vor dem letzten Speichern</translation>
    </message>
    <message>
        <source>Already as first opened</source>
        <translation>Schon wie beim ersten Öffnen</translation>
    </message>
    <message>
        <source>Already as proposed</source>
        <translation>Schon wie vorgeschlagen</translation>
    </message>
    <message>
        <source>Already as saved</source>
        <translation>Schon wie gespeichert</translation>
    </message>
    <message>
        <source>Already {name}</source>
        <translation>Schon {name}</translation>
    </message>
    <message>
        <source>Also photos that have a mask which is not approved; otherwise only approved ones count</source>
        <translation>Auch Fotos mit einer Maske, die nicht freigegeben ist; sonst zählen nur freigegebene</translation>
    </message>
    <message>
        <source>Alt: pick class    Shift-click: straight line    [ ]: size    X: swap classes</source>
        <translation>Alt: Klasse aufnehmen    Umschalt-Klick: gerade Linie    [ ]: Größe    X: Klassen tauschen</translation>
    </message>
    <message>
        <source>An outline needs three corners</source>
        <translation>Ein Umriss braucht drei Ecken</translation>
    </message>
    <message>
        <source>Another program changed the mask {mask} since you opened it.</source>
        <translation>Ein anderes Programm hat die Maske {mask} geändert, seit Sie sie geöffnet haben.</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Anwenden</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>Freigeben</translation>
    </message>
    <message>
        <source>Approve and go on</source>
        <translation>Freigeben und weiter</translation>
    </message>
    <message>
        <source>Approve and go on (@approve)</source>
        <translation>Freigeben und weiter (@approve)</translation>
    </message>
    <message>
        <source>Approve some masks in Paint to see the colours of the collection.</source>
        <translation>Geben Sie unter Malen einige Masken frei, um die Farben der Sammlung zu sehen.</translation>
    </message>
    <message>
        <source>Approve the selected photos</source>
        <translation>Ausgewählte Fotos freigeben</translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>Freigegebene</translation>
    </message>
    <message>
        <source>Approved today</source>
        <translation>Heute freigegeben</translation>
    </message>
    <message>
        <source>Approved: {today}, {whole}</source>
        <translation>Freigegeben: {today}, {whole}</translation>
    </message>
    <message>
        <source>Approving {number} of {total}</source>
        <translation>Freigeben: {number} von {total}</translation>
    </message>
    <message>
        <source>Arranged by hand: stays in its place</source>
        <translation>Von Hand angeordnet: bleibt an ihrem Platz</translation>
    </message>
    <message>
        <source>Arrows and Page keys scroll</source>
        <translation>Pfeil- und Bildtasten blättern</translation>
    </message>
    <message>
        <source>Arrows and clicks choose a page</source>
        <translation>Pfeiltasten und Klicks wählen eine Seite</translation>
    </message>
    <message>
        <source>Arrows choose, Enter runs, Esc closes</source>
        <translation>Pfeile wählen, Enter führt aus, Esc schließt</translation>
    </message>
    <message>
        <source>Arrows with Ctrl move it, Delete removes it, Enter shows its photos</source>
        <translation>Strg+Pfeile verschieben sie, Entf nimmt sie weg, Enter zeigt ihre Fotos</translation>
    </message>
    <message>
        <source>As many as there are</source>
        <translation>So viele, wie es gibt</translation>
    </message>
    <message>
        <source>As the paper&apos;s authors read them</source>
        <translation>So, wie die Autoren des Artikels sie lesen</translation>
    </message>
    <message>
        <source>As they are now</source>
        <translation>Wie jetzt</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>BOARDS</source>
        <translation>BOARDS</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Back to the colours found</source>
        <translation>Zurück zu den gefundenen Farben</translation>
    </message>
    <message>
        <source>Back to the mask before the last save</source>
        <translation>Zurück zur Maske vor dem letzten Speichern</translation>
    </message>
    <message>
        <source>Back to the page before</source>
        <translation>Zurück zur vorigen Seite</translation>
    </message>
    <message>
        <source>Back to the page before (Alt+Left)</source>
        <translation>Zurück zur vorigen Seite (Alt+Links)</translation>
    </message>
    <message>
        <source>Back to the usual</source>
        <translation>Zurück zum Üblichen</translation>
    </message>
    <message>
        <source>Back to work</source>
        <translation>Zurück in Arbeit</translation>
    </message>
    <message>
        <source>Back to {stem}</source>
        <translation>Zurück zu {stem}</translation>
    </message>
    <message>
        <source>Back to {to}</source>
        <translation>Zurück zu {to}</translation>
    </message>
    <message>
        <source>Background is locked</source>
        <translation>Hintergrund ist gesperrt</translation>
    </message>
    <message>
        <source>Bags, clutches and wallets, with straps and handles; what is seen through a handle is background.</source>
        <translation>Taschen, Clutches und Geldbörsen mit Riemen und Henkeln; was durch einen Henkel zu sehen ist, ist Hintergrund.</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>Stapelgröße</translation>
    </message>
    <message>
        <source>Begin another board</source>
        <translation>Ein weiteres Board beginnen</translation>
    </message>
    <message>
        <source>Between the straps of an open shoe lies skin; the straps are accessories.</source>
        <translation>Zwischen den Riemen eines offenen Schuhs liegt Haut; die Riemen sind Accessoires.</translation>
    </message>
    <message>
        <source>Board</source>
        <translation>Board</translation>
    </message>
    <message>
        <source>Board as PDF…</source>
        <translation>Board als PDF …</translation>
    </message>
    <message>
        <source>Boards of this data set</source>
        <translation>Boards dieses Datensatzes</translation>
    </message>
    <message>
        <source>Border left out</source>
        <translation>Rand weglassen</translation>
    </message>
    <message>
        <source>Bring back a Photoshop file</source>
        <translation>Photoshop-Datei zurückholen</translation>
    </message>
    <message>
        <source>Bring back a Photoshop file…</source>
        <translation>Photoshop-Datei zurückholen…</translation>
    </message>
    <message>
        <source>Bring back the mask before the last save</source>
        <translation>Maske vor dem letzten Speichern zurückholen</translation>
    </message>
    <message>
        <source>Bring it back</source>
        <translation>Zurückholen</translation>
    </message>
    <message>
        <source>Brush</source>
        <translation>Pinsel</translation>
    </message>
    <message>
        <source>Brush size</source>
        <translation>Pinselgröße</translation>
    </message>
    <message>
        <source>Brush size (@canvas.size_down and @canvas.size_up)</source>
        <translation>Pinselgröße (@canvas.size_down und @canvas.size_up)</translation>
    </message>
    <message>
        <source>Brush size in photo pixels</source>
        <translation>Pinselgröße in Fotopixeln</translation>
    </message>
    <message>
        <source>Brush size in photo pixels (@canvas.size_down and @canvas.size_up)</source>
        <translation>Pinselgröße in Fotopixeln (@canvas.size_down und @canvas.size_up)</translation>
    </message>
    <message>
        <source>By colour</source>
        <translation>Nach Farbe</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>Nach Name</translation>
    </message>
    <message>
        <source>By score</source>
        <translation>Nach Güte</translation>
    </message>
    <message>
        <source>By state</source>
        <translation>Nach Zustand</translation>
    </message>
    <message>
        <source>Bystanders are background, however large they are.</source>
        <translation>Umstehende sind Hintergrund, wie groß sie auch sind.</translation>
    </message>
    <message>
        <source>CLASSES</source>
        <translation>KLASSEN</translation>
    </message>
    <message>
        <source>CMYK without profile</source>
        <translation>CMYK ohne Profil</translation>
    </message>
    <message>
        <source>COLLECTION</source>
        <translation>SAMMLUNG</translation>
    </message>
    <message>
        <source>COLOURS OF</source>
        <translation>FARBEN VON</translation>
    </message>
    <message>
        <source>COMPARE</source>
        <translation>VERGLEICHEN</translation>
    </message>
    <message>
        <source>CONFUSION, % OF EACH TRUE CLASS</source>
        <translation>VERWECHSLUNGEN, % JEDER WAHREN KLASSE</translation>
    </message>
    <message>
        <source>CPU, 1 core</source>
        <translation>CPU, 1 Kern</translation>
    </message>
    <message>
        <source>CPU, {number} cores</source>
        <translation>CPU, {number} Kerne</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Canvas</source>
        <translation>Leinwand</translation>
    </message>
    <message>
        <source>Careful: several looks, takes longer</source>
        <translation>Sorgfältig: mehrere Blicke, dauert länger</translation>
    </message>
    <message>
        <source>Change nothing that the window does not show at present</source>
        <translation>Nichts ändern, was das Fenster gerade nicht zeigt</translation>
    </message>
    <message>
        <source>Change the key</source>
        <translation>Taste ändern</translation>
    </message>
    <message>
        <source>Change the key (also {others})</source>
        <translation>Taste ändern (auch {others})</translation>
    </message>
    <message>
        <source>Change the mask (Enter)</source>
        <translation>Maske ändern (Enter)</translation>
    </message>
    <message>
        <source>Channels of the first layer; all others grow with it, and so does the memory needed.</source>
        <translation>Kanäle der ersten Schicht; alle anderen wachsen mit, und ebenso der Speicherbedarf.</translation>
    </message>
    <message>
        <source>Choose a PSD, JSON or Parquet file</source>
        <translation>Eine PSD-, JSON- oder Parquet-Datei wählen</translation>
    </message>
    <message>
        <source>Choose a colour book</source>
        <translation>Farbbuch wählen</translation>
    </message>
    <message>
        <source>Choose a folder, or a PSD, JSON or Parquet file: its labels come on the left, a photo comes here.</source>
        <translation>Einen Ordner wählen oder eine PSD-, JSON- oder Parquet-Datei: Links stehen dann ihre Labels, hier ein Foto.</translation>
    </message>
    <message>
        <source>Choose the folder of a data set</source>
        <translation>Den Ordner eines Datensatzes wählen</translation>
    </message>
    <message>
        <source>Choose where the data set goes</source>
        <translation>Wählen, wohin der Datensatz kommt</translation>
    </message>
    <message>
        <source>Choose where the folder goes</source>
        <translation>Wählen, wohin der Ordner kommt</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>ChromaDesk ended unexpectedly last time; your strokes are kept.</source>
        <translation>ChromaDesk wurde letztes Mal unerwartet beendet; die Striche sind gesichert.</translation>
    </message>
    <message>
        <source>ChromaDesk&apos;s five classes</source>
        <translation>Die fünf Klassen von ChromaDesk</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Klasse</translation>
    </message>
    <message>
        <source>Class, size and region</source>
        <translation>Klasse, Größe und Bereich</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>Klassen</translation>
    </message>
    <message>
        <source>Clean up</source>
        <translation>Bereinigen</translation>
    </message>
    <message>
        <source>Clean up: fill holes (@holes), smooth edges (@smooth), remove specks (@specks), keep one person (@person)</source>
        <translation>Bereinigen: Löcher füllen (@holes), Kanten glätten (@smooth), Sprenkel entfernen (@specks), eine Person behalten (@person)</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Aufheben</translation>
    </message>
    <message>
        <source>Click a colour to add it to the row of its class. Esc ends.</source>
        <translation>Auf eine Farbe klicken, die in die Reihe ihrer Klasse soll. Esc beendet.</translation>
    </message>
    <message>
        <source>Click a garment of the class {name} and name it; then another. Esc ends.</source>
        <translation>Auf ein Stück der Klasse {name} klicken und es benennen; dann auf ein weiteres. Esc beendet.</translation>
    </message>
    <message>
        <source>Click a key, or press Space on it, to change it.</source>
        <translation>Zum Ändern eine Taste anklicken oder darauf die Leertaste drücken.</translation>
    </message>
    <message>
        <source>Click for all photos again.</source>
        <translation>Klick: wieder alle Fotos.</translation>
    </message>
    <message>
        <source>Click for the photos behind it.</source>
        <translation>Klick: die Fotos dahinter.</translation>
    </message>
    <message>
        <source>Click something that is neutral in truth: a grey card, a white wall. Esc ends.</source>
        <translation>Auf etwas klicken, das in Wahrheit neutral ist: eine Graukarte, eine weiße Wand. Esc beendet.</translation>
    </message>
    <message>
        <source>Click the photo to add a colour to its class&apos;s row; or press I</source>
        <translation>Im Foto eine Farbe anklicken, die in die Reihe ihrer Klasse soll; auch mit I</translation>
    </message>
    <message>
        <source>Click to copy, right-click for more</source>
        <translation>Klick kopiert, Rechtsklick für mehr</translation>
    </message>
    <message>
        <source>Click what is neutral in truth, to take a colour cast away</source>
        <translation>Anklicken, was in Wahrheit neutral ist, damit ein Farbstich verschwindet</translation>
    </message>
    <message>
        <source>Click who stays</source>
        <translation>Anklicken, wer bleibt</translation>
    </message>
    <message>
        <source>Click: closer    Alt-click: farther    Ctrl+0: fit    Ctrl+1: 100 %</source>
        <translation>Klick: näher    Alt-Klick: weiter weg    Strg+0: einpassen    Strg+1: 100 %</translation>
    </message>
    <message>
        <source>Click: give the region the chosen class    Alt: pick class</source>
        <translation>Klick: dem Bereich die gewählte Klasse geben    Alt: Klasse aufnehmen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>Schließen (Esc)</translation>
    </message>
    <message>
        <source>Close ChromaDesk</source>
        <translation>ChromaDesk schließen</translation>
    </message>
    <message>
        <source>Close and lose them</source>
        <translation>Schließen und verlieren</translation>
    </message>
    <message>
        <source>Close {title}</source>
        <translation>{title} schließen</translation>
    </message>
    <message>
        <source>Clothes</source>
        <translation>Kleid.</translation>
    </message>
    <message>
        <source>Coat, skirt …</source>
        <translation>Mantel, Rock …</translation>
    </message>
    <message>
        <source>Collection</source>
        <translation>Sammlung</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>Colours of each class</source>
        <translation>Farben je Klasse</translation>
    </message>
    <message>
        <source>Colours of the collection</source>
        <translation>Farben der Sammlung</translation>
    </message>
    <message>
        <source>Colours of {what}</source>
        <translation>Farben: {what}</translation>
    </message>
    <message>
        <source>Colours…</source>
        <translation>Farben …</translation>
    </message>
    <message>
        <source>Command to find</source>
        <translation>Gesuchter Befehl</translation>
    </message>
    <message>
        <source>Commands found</source>
        <translation>Gefundene Befehle</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Compare again when the prediction under way is there.</source>
        <translation>Noch einmal vergleichen, sobald der laufende Vorschlag da ist.</translation>
    </message>
    <message>
        <source>Compare the model&apos;s masks with the true ones</source>
        <translation>Die Masken des Modells mit den wahren vergleichen</translation>
    </message>
    <message>
        <source>Compare with</source>
        <translation>Vergleichen mit</translation>
    </message>
    <message>
        <source>Compare with a colour book…</source>
        <translation>Mit einem Farbbuch vergleichen …</translation>
    </message>
    <message>
        <source>Compare with what was before</source>
        <translation>Mit dem Stand davor vergleichen</translation>
    </message>
    <message>
        <source>Comparing {count} photos</source>
        <translation>{count} Fotos werden verglichen</translation>
    </message>
    <message>
        <source>Confusion between the classes, rows are the truth</source>
        <translation>Verwechslungen zwischen den Klassen, Zeilen sind die Wahrheit</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Copied {text}</source>
        <translation>{text} kopiert</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>Kopiert.</translation>
    </message>
    <message>
        <source>Copy all</source>
        <translation>Alles kopieren</translation>
    </message>
    <message>
        <source>Copy as</source>
        <translation>Kopieren als</translation>
    </message>
    <message>
        <source>Copy hex</source>
        <translation>Hexcode kopieren</translation>
    </message>
    <message>
        <source>Copy the hex code of this colour</source>
        <translation>Den Hexcode dieser Farbe kopieren</translation>
    </message>
    <message>
        <source>Copy two portraits into a folder of your own, and open it</source>
        <translation>Zwei Porträts in einen eigenen Ordner kopieren und ihn öffnen</translation>
    </message>
    <message>
        <source>Correct and approve photos</source>
        <translation>Fotos korrigieren und freigeben</translation>
    </message>
    <message>
        <source>Corrected by a person</source>
        <translation>Von Hand korrigierte</translation>
    </message>
    <message>
        <source>Count masks nobody approved</source>
        <translation>Auch nicht freigegebene Masken</translation>
    </message>
    <message>
        <source>Curls and fur are one shape, as far as they hide what is behind; single stray hairs are left out.</source>
        <translation>Locken und Fell sind eine Form, soweit sie verdecken, was dahinter liegt; einzelne Härchen bleiben weg.</translation>
    </message>
    <message>
        <source>Daily goal</source>
        <translation>Tagesziel</translation>
    </message>
    <message>
        <source>Data set</source>
        <translation>Datensatz</translation>
    </message>
    <message>
        <source>Data set and commands</source>
        <translation>Datensatz und Befehle</translation>
    </message>
    <message>
        <source>Decide later</source>
        <translation>Später entscheiden</translation>
    </message>
    <message>
        <source>Decide…</source>
        <translation>Entscheiden…</translation>
    </message>
    <message>
        <source>Delete board</source>
        <translation>Board löschen</translation>
    </message>
    <message>
        <source>Delete this board; undo brings it back</source>
        <translation>Dieses Board löschen; Rückgängig bringt es zurück</translation>
    </message>
    <message>
        <source>Depth</source>
        <translation>Tiefe</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Details…</source>
        <translation>Einzelheiten…</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Ausblenden</translation>
    </message>
    <message>
        <source>Distances between groups</source>
        <translation>Abstände zwischen den Gruppen</translation>
    </message>
    <message>
        <source>Drag: free-hand    Click: corners    Enter, double-click or first corner: fill    Backspace: one corner back    Alt: go on with corners after a drag</source>
        <translation>Ziehen: freihändig    Klick: Ecken    Enter, Doppelklick oder erste Ecke: füllen    Rücktaste: eine Ecke zurück    Alt: nach dem Ziehen mit Ecken weiter</translation>
    </message>
    <message>
        <source>Drag: move the photo    Space does the same in every tool</source>
        <translation>Ziehen: Foto verschieben    Die Leertaste tut dasselbe in jedem Werkzeug</translation>
    </message>
    <message>
        <source>Draw along the edge as it should be: what lies between the line and the border now changes sides    Click: corners    Enter: done</source>
        <translation>Die Kante ziehen, wie sie sein soll: Was zwischen der Linie und der jetzigen Grenze liegt, wechselt die Seite    Klick: Ecken    Enter: fertig</translation>
    </message>
    <message>
        <source>Drop on the window</source>
        <translation>Aufs Fenster ziehen</translation>
    </message>
    <message>
        <source>ENDED</source>
        <translation>BEENDET</translation>
    </message>
    <message>
        <source>Edges and overlaps</source>
        <translation>Kanten und Überdeckungen</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeitung</translation>
    </message>
    <message>
        <source>Encoder</source>
        <translation>Encoder</translation>
    </message>
    <message>
        <source>Encoder kind</source>
        <translation>Art des Encoders</translation>
    </message>
    <message>
        <source>Enter keeps the name</source>
        <translation>Enter behält den Namen</translation>
    </message>
    <message>
        <source>Enter keeps the name, Esc leaves it</source>
        <translation>Enter behält den Namen, Esc verwirft ihn</translation>
    </message>
    <message>
        <source>Enter keeps the name, Esc leaves it; empty: named by its colour</source>
        <translation>Enter behält den Namen, Esc verwirft ihn; leer: nach ihrer Farbe benannt</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>Epochen</translation>
    </message>
    <message>
        <source>Eraser</source>
        <translation>Radierer</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Evaluate</source>
        <translation>Auswerten</translation>
    </message>
    <message>
        <source>Evaluate all versions</source>
        <translation>Alle Versionen auswerten</translation>
    </message>
    <message>
        <source>Evaluate {count} missing</source>
        <translation>{count} fehlende auswerten</translation>
    </message>
    <message>
        <source>Evaluating…</source>
        <translation>Wird ausgewertet…</translation>
    </message>
    <message>
        <source>Evaluation</source>
        <translation>Auswertung</translation>
    </message>
    <message>
        <source>Evaluation of {model}</source>
        <translation>Auswertung von {model}</translation>
    </message>
    <message>
        <source>Every test photo was in the training of one of the two models, so nothing can be compared.</source>
        <translation>Jedes Testfoto war im Training eines der beiden Modelle, also lässt sich nichts vergleichen.</translation>
    </message>
    <message>
        <source>Everyday</source>
        <translation>Alltag</translation>
    </message>
    <message>
        <source>Everything (JSON)…</source>
        <translation>Alles (JSON) …</translation>
    </message>
    <message>
        <source>Everything is saved now.</source>
        <translation>Jetzt ist alles gespeichert.</translation>
    </message>
    <message>
        <source>Exclude</source>
        <translation>Ausschließen</translation>
    </message>
    <message>
        <source>Exclude the selected photos</source>
        <translation>Ausgewählte Fotos ausschließen</translation>
    </message>
    <message>
        <source>Exclude the selected photos with a note…</source>
        <translation>Ausgewählte Fotos mit Notiz ausschließen…</translation>
    </message>
    <message>
        <source>Exclude with a note…</source>
        <translation>Mit Notiz ausschließen…</translation>
    </message>
    <message>
        <source>Excluding {number} of {total}</source>
        <translation>Ausschließen: {number} von {total}</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Export a lookbook page</source>
        <translation>Lookbook-Seite exportieren</translation>
    </message>
    <message>
        <source>Export as Photoshop file</source>
        <translation>Als Photoshop-Datei exportieren</translation>
    </message>
    <message>
        <source>Export as Photoshop file…</source>
        <translation>Als Photoshop-Datei exportieren…</translation>
    </message>
    <message>
        <source>Export into a folder</source>
        <translation>In einen Ordner exportieren</translation>
    </message>
    <message>
        <source>Export masks into a folder</source>
        <translation>Masken in einen Ordner exportieren</translation>
    </message>
    <message>
        <source>Export masks of the selected photos…</source>
        <translation>Masken der ausgewählten Fotos exportieren…</translation>
    </message>
    <message>
        <source>Export masks…</source>
        <translation>Masken exportieren…</translation>
    </message>
    <message>
        <source>Export the colours</source>
        <translation>Farben exportieren</translation>
    </message>
    <message>
        <source>Export the data set</source>
        <translation>Datensatz exportieren</translation>
    </message>
    <message>
        <source>Export the data set…</source>
        <translation>Datensatz exportieren…</translation>
    </message>
    <message>
        <source>Exporting as {format}…</source>
        <translation>Export als {format}…</translation>
    </message>
    <message>
        <source>Exporting {number} of {total}</source>
        <translation>Exportieren: {number} von {total}</translation>
    </message>
    <message>
        <source>Face, ears, neck, hands, arms, legs, feet, a bare waist.</source>
        <translation>Gesicht, Ohren, Hals, Hände, Arme, Beine, Füße, ein bloßer Bauch.</translation>
    </message>
    <message>
        <source>Fast: a first idea</source>
        <translation>Schnell: eine erste Idee</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Files of the same names are replaced, others stay</source>
        <translation>Dateien gleichen Namens werden ersetzt, andere bleiben</translation>
    </message>
    <message>
        <source>File…</source>
        <translation>Datei…</translation>
    </message>
    <message>
        <source>Fill</source>
        <translation>Füllung</translation>
    </message>
    <message>
        <source>Fill holes</source>
        <translation>Löcher füllen</translation>
    </message>
    <message>
        <source>Fill of the mask in per cent</source>
        <translation>Füllung der Maske in Prozent</translation>
    </message>
    <message>
        <source>Fill region</source>
        <translation>Bereich füllen</translation>
    </message>
    <message>
        <source>Fill region with</source>
        <translation>Bereich füllen mit</translation>
    </message>
    <message>
        <source>Filter by name</source>
        <translation>Nach Name filtern</translation>
    </message>
    <message>
        <source>Filter photos by name</source>
        <translation>Fotos nach Name filtern</translation>
    </message>
    <message>
        <source>Find a command</source>
        <translation>Befehl suchen</translation>
    </message>
    <message>
        <source>Find a command…</source>
        <translation>Befehl suchen…</translation>
    </message>
    <message>
        <source>First opened</source>
        <translation>Zuerst geöffnet</translation>
    </message>
    <message>
        <source>Fit on screen</source>
        <translation>Ganzes Bild</translation>
    </message>
    <message>
        <source>Fix first</source>
        <translation>Zuerst</translation>
    </message>
    <message>
        <source>Fix these first</source>
        <translation>Zuerst korrigieren</translation>
    </message>
    <message>
        <source>Fix these first, above the photos, has the most doubtful on top</source>
        <translation>„Zuerst korrigieren“ über den Fotos zeigt die zweifelhaftesten oben</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Folder of the data set</source>
        <translation>Ordner des Datensatzes</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>Ordner…</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>From Photoshop</source>
        <translation>Aus Photoshop</translation>
    </message>
    <message>
        <source>From a file…</source>
        <translation>Aus einer Datei…</translation>
    </message>
    <message>
        <source>From the next start on: {language}.</source>
        <translation>Ab dem nächsten Start: {language}.</translation>
    </message>
    <message>
        <source>Gaps are background: between the legs, between arm and waist.</source>
        <translation>Lücken sind Hintergrund: zwischen den Beinen, zwischen Arm und Taille.</translation>
    </message>
    <message>
        <source>Garments, and the way back to the colours found</source>
        <translation>Kleidungsstücke, und zurück zu den gefundenen Farben</translation>
    </message>
    <message>
        <source>Give every command its own key back</source>
        <translation>Jedem Befehl seine eigene Taste zurückgeben</translation>
    </message>
    <message>
        <source>Give it its own key back</source>
        <translation>Die eigene Taste zurückgeben</translation>
    </message>
    <message>
        <source>Give up what has begun</source>
        <translation>Begonnenes verwerfen</translation>
    </message>
    <message>
        <source>Gives small islands the class around them.</source>
        <translation>Gibt kleinen Inseln die Klasse ringsum.</translation>
    </message>
    <message>
        <source>Gives what one class encloses that class.</source>
        <translation>Gibt dem, was eine Klasse umschließt, diese Klasse.</translation>
    </message>
    <message>
        <source>Glasses are painted whole, with their lenses.</source>
        <translation>Brillen werden ganz gemalt, samt Gläsern.</translation>
    </message>
    <message>
        <source>Go on from where it stopped</source>
        <translation>Dort weitermachen, wo es aufgehört hat</translation>
    </message>
    <message>
        <source>Go to Paint</source>
        <translation>Zu Malen</translation>
    </message>
    <message>
        <source>Graphics card (CUDA)</source>
        <translation>Grafikkarte (CUDA)</translation>
    </message>
    <message>
        <source>Grey point set</source>
        <translation>Graupunkt gesetzt</translation>
    </message>
    <message>
        <source>Group by</source>
        <translation>Gruppen</translation>
    </message>
    <message>
        <source>Guide</source>
        <translation>Handbuch (englisch)</translation>
    </message>
    <message>
        <source>Guide – ChromaDesk</source>
        <translation>Handbuch – ChromaDesk</translation>
    </message>
    <message>
        <source>HISTORY</source>
        <translation>PROTOKOLL</translation>
    </message>
    <message>
        <source>Hair</source>
        <translation>Haare</translation>
    </message>
    <message>
        <source>Hand</source>
        <translation>Hand</translation>
    </message>
    <message>
        <source>Have the model go over the photos nobody approved yet, in the background (@rank)</source>
        <translation>Das Modell im Hintergrund die noch nicht freigegebenen Fotos durchgehen lassen (@rank)</translation>
    </message>
    <message>
        <source>Height × width at which the network sees the photos.</source>
        <translation>Höhe × Breite, in der das Netz die Fotos sieht.</translation>
    </message>
    <message>
        <source>Held: move the photo, even mid-stroke</source>
        <translation>Gehalten: Foto verschieben, auch mitten im Strich</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Hide or show {name}</source>
        <translation>{name} aus- oder einblenden</translation>
    </message>
    <message>
        <source>Hide the panels, or show them</source>
        <translation>Bedienfelder aus- oder einblenden</translation>
    </message>
    <message>
        <source>Hide these photos</source>
        <translation>Diese Fotos ausblenden</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>History brush</source>
        <translation>Protokollpinsel</translation>
    </message>
    <message>
        <source>How faint an edge stops the magnetic brush: left only strong ones, right all</source>
        <translation>Wie schwach eine Kante sein darf, die den Magnetpinsel aufhält: links nur starke, rechts alle</translation>
    </message>
    <message>
        <source>How far colours must move (CIEDE2000) to turn one into the other; bold: more than by chance.</source>
        <translation>Wie weit sich Farben bewegen müssten (CIEDE2000), um aus der einen die andere zu machen; fett: mehr als durch Zufall.</translation>
    </message>
    <message>
        <source>How it all works; needs no network (@manual)</source>
        <translation>Wie alles geht; braucht kein Netz (@manual)</translation>
    </message>
    <message>
        <source>How many colours are looked for in each class</source>
        <translation>Wie viele Farben in jeder Klasse gesucht werden</translation>
    </message>
    <message>
        <source>How many colours, how near, what is left out</source>
        <translation>Wie viele Farben, wie nah, was wegbleibt</translation>
    </message>
    <message>
        <source>How many photos a day you mean to approve; 0 for none</source>
        <translation>Wie viele Fotos am Tag freigegeben werden sollen; 0 für kein Ziel</translation>
    </message>
    <message>
        <source>How much of the class colour fills the mask</source>
        <translation>Wie stark die Klassenfarbe die Maske füllt</translation>
    </message>
    <message>
        <source>How much the pixels of this class have changed their colour on average (CIEDE2000)</source>
        <translation>Wie sehr sich die Farbe der Pixel dieser Klasse im Mittel geändert hat (CIEDE2000)</translation>
    </message>
    <message>
        <source>How often each photo is seen.</source>
        <translation>Wie oft jedes Foto gesehen wird.</translation>
    </message>
    <message>
        <source>How often the network halves the photo on its way down.</source>
        <translation>Wie oft das Netz das Foto auf dem Weg nach unten halbiert.</translation>
    </message>
    <message>
        <source>How photo and mask are shown (@canvas.overlay, @canvas.outline, @canvas.lift)</source>
        <translation>Wie Foto und Maske gezeigt werden (@canvas.overlay, @canvas.outline, @canvas.lift)</translation>
    </message>
    <message>
        <source>How strong</source>
        <translation>Wie stark</translation>
    </message>
    <message>
        <source>How strong the clean-up is (@canvas.size_down and @canvas.size_up, or the arrows)</source>
        <translation>Wie stark bereinigt wird (@canvas.size_down und @canvas.size_up oder die Pfeile)</translation>
    </message>
    <message>
        <source>Hue, lightness and chroma</source>
        <translation>Farbton, Helligkeit und Buntheit</translation>
    </message>
    <message>
        <source>Hues and neutrals, group by group</source>
        <translation>Farbtöne und neutrale Farben, Gruppe für Gruppe</translation>
    </message>
    <message>
        <source>Hues by {field}</source>
        <translation>Farbtöne nach {field}</translation>
    </message>
    <message>
        <source>Hues stand above the line, neutrals hang below it.</source>
        <translation>Farbtöne stehen über der Linie, neutrale Farben hängen darunter.</translation>
    </message>
    <message>
        <source>IMPROVE</source>
        <translation>VERBESSERN</translation>
    </message>
    <message>
        <source>Ignore</source>
        <translation>Übergehen</translation>
    </message>
    <message>
        <source>ImageNet weights</source>
        <translation>ImageNet-Gewichte</translation>
    </message>
    <message>
        <source>ImageNet-pretrained EfficientNet-Lite encoder with a light decoder; ours, the default</source>
        <translation>mit ImageNet vortrainierter EfficientNet-Lite-Encoder und ein leichter Decoder; unser eigenes, voreingestellt</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importieren</translation>
    </message>
    <message>
        <source>Import a data set</source>
        <translation>Datensatz importieren</translation>
    </message>
    <message>
        <source>Import a data set…</source>
        <translation>Datensatz importieren…</translation>
    </message>
    <message>
        <source>Import and export</source>
        <translation>Import und Export</translation>
    </message>
    <message>
        <source>Import fields</source>
        <translation>Felder einlesen</translation>
    </message>
    <message>
        <source>Import fields (CSV)…</source>
        <translation>Felder einlesen (CSV) …</translation>
    </message>
    <message>
        <source>Import from a file</source>
        <translation>Aus einer Datei importieren</translation>
    </message>
    <message>
        <source>Import from a folder</source>
        <translation>Aus einem Ordner importieren</translation>
    </message>
    <message>
        <source>Importing {name}…</source>
        <translation>Import von {name}…</translation>
    </message>
    <message>
        <source>Improve model</source>
        <translation>Modell verbessern</translation>
    </message>
    <message>
        <source>In all</source>
        <translation>Insgesamt</translation>
    </message>
    <message>
        <source>In view only</source>
        <translation>Nur im Ausschnitt</translation>
    </message>
    <message>
        <source>In {name}, {pixels} pixels lie in two classes; they stand out now. Which class do they get?</source>
        <translation>In {name} liegen {pixels} Pixel in zwei Klassen; sie sind jetzt hervorgehoben. Welche Klasse bekommen sie?</translation>
    </message>
    <message>
        <source>Initials</source>
        <translation>Kürzel</translation>
    </message>
    <message>
        <source>IoU</source>
        <translation>IoU</translation>
    </message>
    <message>
        <source>IoU old</source>
        <translation>IoU alt</translation>
    </message>
    <message>
        <source>It ended without a word</source>
        <translation>Es endete ohne ein Wort</translation>
    </message>
    <message>
        <source>It goes on without the studio, and you find it again when you next open the data set.</source>
        <translation>Er läuft ohne das Studio weiter und ist wieder da, wenn der Datensatz das nächste Mal geöffnet wird.</translation>
    </message>
    <message>
        <source>It is kept as {version}.</source>
        <translation>Es bleibt als {version} erhalten.</translation>
    </message>
    <message>
        <source>It lies in {path}.</source>
        <translation>Es liegt in {path}.</translation>
    </message>
    <message>
        <source>It then makes the proposals. Masks you edited or approved stay as they are.</source>
        <translation>Es macht dann die Vorschläge. Bearbeitete und freigegebene Masken bleiben, wie sie sind.</translation>
    </message>
    <message>
        <source>Its share of all pixels read so far</source>
        <translation>Sein Anteil an allen bisher gelesenen Pixeln</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>Aufträge</translation>
    </message>
    <message>
        <source>Jobs {count}</source>
        <translation>Aufträge {count}</translation>
    </message>
    <message>
        <source>Jobs: {jobs}</source>
        <translation>Aufträge: {jobs}</translation>
    </message>
    <message>
        <source>Join with the class again</source>
        <translation>Wieder mit der Klasse vereinen</translation>
    </message>
    <message>
        <source>Keep for testing, or train again</source>
        <translation>Für Tests zurückhalten oder wieder trainieren</translation>
    </message>
    <message>
        <source>Keep it as {name} and let it make the proposals; {tip}</source>
        <translation>Als {name} behalten und die Vorschläge machen lassen; {tip}</translation>
    </message>
    <message>
        <source>Keep it running</source>
        <translation>Weiterlaufen lassen</translation>
    </message>
    <message>
        <source>Keep mine</source>
        <translation>Meine behalten</translation>
    </message>
    <message>
        <source>Keep the other</source>
        <translation>Die andere behalten</translation>
    </message>
    <message>
        <source>Keep them running</source>
        <translation>Weiterlaufen lassen</translation>
    </message>
    <message>
        <source>Keep this map</source>
        <translation>Diese Zuordnung behalten</translation>
    </message>
    <message>
        <source>Keep this map as a TOML file, for the next time</source>
        <translation>Diese Zuordnung als TOML-Datei behalten, für das nächste Mal</translation>
    </message>
    <message>
        <source>Keep this person only</source>
        <translation>Nur diese Person behalten</translation>
    </message>
    <message>
        <source>Keep training</source>
        <translation>Weiter trainieren</translation>
    </message>
    <message>
        <source>Keep your mask or the other one? The one that you do not keep stays in the folder “conflicts” of the data set&apos;s own files.</source>
        <translation>Möchten Sie Ihre Maske behalten oder die andere? Die übrige bleibt im Ordner „conflicts“ bei den eigenen Dateien des Datensatzes.</translation>
    </message>
    <message>
        <source>Keeps every pixel of every mask, but not which photos are for testing.</source>
        <translation>Behält jedes Pixel jeder Maske, aber nicht, welche Fotos für Tests sind.</translation>
    </message>
    <message>
        <source>Keeps every pixel of every mask, the photo&apos;s colour profile, and the proposal as hidden layers.</source>
        <translation>Behält jedes Pixel jeder Maske, das Farbprofil des Fotos und den Vorschlag als verborgene Ebenen.</translation>
    </message>
    <message>
        <source>Keeps every pixel of every mask.</source>
        <translation>Behält jedes Pixel jeder Maske.</translation>
    </message>
    <message>
        <source>Keeps every pixel of every mask; photos become PNG.</source>
        <translation>Behält jedes Pixel jeder Maske; Fotos werden zu PNG.</translation>
    </message>
    <message>
        <source>Keeps every pixel of every mask; photos that are no JPEG become JPEG of quality 95.</source>
        <translation>Behält jedes Pixel jeder Maske; andere Fotos als JPEG werden zu JPEG der Qualität 95.</translation>
    </message>
    <message>
        <source>Kept with each selected photo; Enter keeps it, Esc changes nothing</source>
        <translation>Wird bei jedem ausgewählten Foto gespeichert; Enter speichert, Esc ändert nichts</translation>
    </message>
    <message>
        <source>Keys and gestures</source>
        <translation>Tasten und Gesten</translation>
    </message>
    <message>
        <source>LOSS</source>
        <translation>VERLUST</translation>
    </message>
    <message>
        <source>Labelling guide</source>
        <translation>Leitfaden zum Markieren</translation>
    </message>
    <message>
        <source>Labels and their classes</source>
        <translation>Labels und ihre Klassen</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Larger brush</source>
        <translation>Größerer Pinsel (auch +)</translation>
    </message>
    <message>
        <source>Largest hole</source>
        <translation>Größtes Loch</translation>
    </message>
    <message>
        <source>Largest speck</source>
        <translation>Größter Sprenkel</translation>
    </message>
    <message>
        <source>Lasso</source>
        <translation>Lasso</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Lernrate</translation>
    </message>
    <message>
        <source>Leave deep shadows out</source>
        <translation>Tiefe Schatten weglassen</translation>
    </message>
    <message>
        <source>Leave highlights out</source>
        <translation>Glanzlichter weglassen</translation>
    </message>
    <message>
        <source>Leave the mask as it is (Esc)</source>
        <translation>Maske lassen, wie sie ist (Esc)</translation>
    </message>
    <message>
        <source>Left of the line is the other program&apos;s mask; drag it.</source>
        <translation>Links der Linie liegt die Maske des anderen Programms; die Linie lässt sich ziehen.</translation>
    </message>
    <message>
        <source>Let it make the proposals again; your masks stay</source>
        <translation>Wieder die Vorschläge machen lassen; die Masken bleiben</translation>
    </message>
    <message>
        <source>Let the new model predict</source>
        <translation>Das neue Modell vorschlagen lassen</translation>
    </message>
    <message>
        <source>Let {stem} make the proposals again; {tip}</source>
        <translation>Wieder {stem} die Vorschläge machen lassen; {tip}</translation>
    </message>
    <message>
        <source>Lift shadows	@canvas.lift</source>
        <translation>Tiefen aufhellen	@canvas.lift</translation>
    </message>
    <message>
        <source>Lift shadows on the screen</source>
        <translation>Tiefen auf dem Bildschirm aufhellen</translation>
    </message>
    <message>
        <source>Loading the model…</source>
        <translation>Modell wird geladen…</translation>
    </message>
    <message>
        <source>Load…</source>
        <translation>Laden…</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Sperren</translation>
    </message>
    <message>
        <source>Lock {name}</source>
        <translation>{name} sperren</translation>
    </message>
    <message>
        <source>Lock {name}: strokes neither add to it nor take from it. Alt-click: paint over {name} only</source>
        <translation>{name} sperren: Striche fügen nichts hinzu und nehmen nichts weg. Alt-Klick: nur {name} übermalen</translation>
    </message>
    <message>
        <source>Locked: stays at this colour</source>
        <translation>Gesperrt: bleibt bei dieser Farbe</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Noch einmal nachsehen</translation>
    </message>
    <message>
        <source>Lookbook page…</source>
        <translation>Lookbook-Seite …</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Wird geprüft…</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>MODELS</source>
        <translation>MODELLE</translation>
    </message>
    <message>
        <source>Magnetic brush</source>
        <translation>Magnetpinsel</translation>
    </message>
    <message>
        <source>Make this model propose the masks</source>
        <translation>Dieses Modell die Masken vorschlagen lassen</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Zuordnung</translation>
    </message>
    <message>
        <source>Map of lightness and chroma</source>
        <translation>Karte von Helligkeit und Buntheit</translation>
    </message>
    <message>
        <source>Maps (*.toml)</source>
        <translation>Zuordnungen (*.toml)</translation>
    </message>
    <message>
        <source>Mask	@canvas.overlay</source>
        <translation>Maske	@canvas.overlay</translation>
    </message>
    <message>
        <source>Mask off and on; held: the bare photo</source>
        <translation>Maske aus und ein; gehalten: nur das Foto</translation>
    </message>
    <message>
        <source>Masks</source>
        <translation>Masken</translation>
    </message>
    <message>
        <source>Masks to upload to a task in CVAT, as “Segmentation mask 1.1”.</source>
        <translation>Masken zum Hochladen in eine Aufgabe von CVAT, als „Segmentation mask 1.1“.</translation>
    </message>
    <message>
        <source>Mean of the classes</source>
        <translation>Mittel der Klassen</translation>
    </message>
    <message>
        <source>Mean without background</source>
        <translation>Mittel ohne Hintergrund</translation>
    </message>
    <message>
        <source>Measure every version on the same test photos, one by one</source>
        <translation>Jede Version an denselben Testfotos messen, eine nach der anderen</translation>
    </message>
    <message>
        <source>Merge nearer than</source>
        <translation>Verschmelzen unter</translation>
    </message>
    <message>
        <source>Merge with</source>
        <translation>Verschmelzen mit</translation>
    </message>
    <message>
        <source>Middle button</source>
        <translation>Mittlere Taste</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Model that predicts</source>
        <translation>Modell, das vorschlägt</translation>
    </message>
    <message>
        <source>Model to evaluate</source>
        <translation>Auszuwertendes Modell</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>More for {name}</source>
        <translation>Mehr zu {name}</translation>
    </message>
    <message>
        <source>Most tools: {effect}</source>
        <translation>Die meisten Werkzeuge: {effect}</translation>
    </message>
    <message>
        <source>Most {name}</source>
        <translation>Am meisten {name}</translation>
    </message>
    <message>
        <source>Move left</source>
        <translation>Nach links</translation>
    </message>
    <message>
        <source>Move right</source>
        <translation>Nach rechts</translation>
    </message>
    <message>
        <source>Move the photo</source>
        <translation>Foto verschieben</translation>
    </message>
    <message>
        <source>Move the photo (trackpad)</source>
        <translation>Foto verschieben (Touchpad)</translation>
    </message>
    <message>
        <source>Munsell {notation}</source>
        <translation>Munsell {notation}</translation>
    </message>
    <message>
        <source>Name of this colour</source>
        <translation>Name dieser Farbe</translation>
    </message>
    <message>
        <source>Name of this garment</source>
        <translation>Name dieses Kleidungsstücks</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>Namen</translation>
    </message>
    <message>
        <source>Name…</source>
        <translation>Name …</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>Neutrals and hues</source>
        <translation>Neutrale Farben und Farbtöne</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Nie</translation>
    </message>
    <message>
        <source>New board</source>
        <translation>Neues Board</translation>
    </message>
    <message>
        <source>Next part of the window</source>
        <translation>Nächster Teil des Fensters</translation>
    </message>
    <message>
        <source>Next photo</source>
        <translation>Nächstes Foto</translation>
    </message>
    <message>
        <source>No data set</source>
        <translation>Kein Datensatz</translation>
    </message>
    <message>
        <source>No data set open</source>
        <translation>Kein Datensatz geöffnet</translation>
    </message>
    <message>
        <source>No disk takes your strokes now; they are only in this window. Make room, or bring the drive back, before you close it.</source>
        <translation>Kein Datenträger nimmt Ihre Striche gerade an; sie sind nur in diesem Fenster. Schaffen Sie Platz oder schließen Sie das Laufwerk wieder an, bevor Sie es schließen.</translation>
    </message>
    <message>
        <source>No jobs</source>
        <translation>Keine Aufträge</translation>
    </message>
    <message>
        <source>No model</source>
        <translation>Kein Modell</translation>
    </message>
    <message>
        <source>No model is installed that could doubt anything; train one in Model (@show_model).</source>
        <translation>Es ist kein Modell installiert, das zweifeln könnte; unter Modell (@show_model) eines trainieren.</translation>
    </message>
    <message>
        <source>No model is installed, so nothing is predicted; paint, or train one (@show_model).</source>
        <translation>Es ist kein Modell installiert, also gibt es keine Vorschläge; malen oder eines trainieren (@show_model).</translation>
    </message>
    <message>
        <source>No model is installed: install ChromaDesk again, or train one.</source>
        <translation>Kein Modell installiert: ChromaDesk neu installieren oder eines trainieren.</translation>
    </message>
    <message>
        <source>No model is installed; train one in Model (@show_model).</source>
        <translation>Kein Modell installiert; unter Modell (@show_model) eines trainieren.</translation>
    </message>
    <message>
        <source>No page holds these words.</source>
        <translation>Keine Seite enthält diese Wörter.</translation>
    </message>
    <message>
        <source>No photo counted here shows {what}.</source>
        <translation>Kein gezähltes Foto zeigt {what}.</translation>
    </message>
    <message>
        <source>No photo has a mask yet; paint or predict some.</source>
        <translation>Noch kein Foto hat eine Maske; malen Sie welche oder lassen Sie sie vorhersagen.</translation>
    </message>
    <message>
        <source>No photo is kept for testing, so nobody knows how good the new weights are; keep some ({key}).</source>
        <translation>Kein Foto ist für Tests zurückgehalten, also weiß niemand, wie gut die neuen Gewichte sind; einige zurückhalten ({key}).</translation>
    </message>
    <message>
        <source>No photo matches the filter.</source>
        <translation>Kein Foto passt zum Filter.</translation>
    </message>
    <message>
        <source>No photo to train on has been corrected yet, so all of them are shown alike.</source>
        <translation>Noch ist kein Trainingsfoto korrigiert, also werden alle gleich oft gezeigt.</translation>
    </message>
    <message>
        <source>No photo with an approved mask is in this selection.</source>
        <translation>In dieser Auswahl ist kein Foto mit einer freigegebenen Maske.</translation>
    </message>
    <message>
        <source>No proposal yet</source>
        <translation>Noch kein Vorschlag</translation>
    </message>
    <message>
        <source>No saved mask yet</source>
        <translation>Noch keine gespeicherte Maske</translation>
    </message>
    <message>
        <source>No training yet. It runs in the background while you paint; its curves appear here.</source>
        <translation>Noch kein Training. Es läuft im Hintergrund, während gemalt wird; seine Kurven erscheinen hier.</translation>
    </message>
    <message>
        <source>No weights are installed</source>
        <translation>Keine Gewichte installiert</translation>
    </message>
    <message>
        <source>No weights are installed; train some in Model</source>
        <translation>Keine Gewichte installiert; unter Modell welche trainieren</translation>
    </message>
    <message>
        <source>No {name} in this photo yet. Paint some and its colours appear here.</source>
        <translation>In diesem Foto gibt es noch keine Fläche „{name}“. Sobald eine gemalt ist, erscheinen hier ihre Farben.</translation>
    </message>
    <message>
        <source>Nobody&apos;s pixels: each takes the class nearest to it (I on the selected rows)</source>
        <translation>Niemandes Pixel: Jedes nimmt die Klasse, die ihm am nächsten liegt (I bei ausgewählten Zeilen)</translation>
    </message>
    <message>
        <source>None</source>
        <translation>ohne</translation>
    </message>
    <message>
        <source>None approved since {model}</source>
        <translation>Keines freigegeben seit {model}</translation>
    </message>
    <message>
        <source>Not exported</source>
        <translation>Nicht exportiert</translation>
    </message>
    <message>
        <source>Not known yet</source>
        <translation>Noch nicht bekannt</translation>
    </message>
    <message>
        <source>Not saved: {reason}. Keep this window open: your latest work is nowhere else. It is saved as soon as that is possible.</source>
        <translation>Nicht gespeichert: {reason}. Lassen Sie dieses Fenster offen: Ihre letzte Arbeit gibt es sonst nirgends. Sie wird gespeichert, sobald das geht.</translation>
    </message>
    <message>
        <source>Not saved: {reason}. Your work is kept, and is saved as soon as that is possible. You can go on.</source>
        <translation>Nicht gespeichert: {reason}. Ihre Arbeit ist gesichert und wird gespeichert, sobald das geht. Sie können weitermachen.</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Note on the board</source>
        <translation>Notiz zum Board</translation>
    </message>
    <message>
        <source>Note on the selected photos…</source>
        <translation>Notiz zu den ausgewählten Fotos…</translation>
    </message>
    <message>
        <source>Note on this colour</source>
        <translation>Notiz zu dieser Farbe</translation>
    </message>
    <message>
        <source>Noted</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Note…</source>
        <translation>Notiz…</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>Nichts</translation>
    </message>
    <message>
        <source>Nothing came back: what differs is of a locked class</source>
        <translation>Nichts kam zurück: Was sich unterscheidet, ist von einer gesperrten Klasse</translation>
    </message>
    <message>
        <source>Nothing has that name or key.</source>
        <translation>Nichts hat diesen Namen oder diese Taste.</translation>
    </message>
    <message>
        <source>Nothing here looks like a format that is known; choose one if you know better.</source>
        <translation>Nichts hier sieht nach einem bekannten Format aus; eines wählen, wenn Sie es besser wissen.</translation>
    </message>
    <message>
        <source>Nothing to clean up</source>
        <translation>Nichts zu bereinigen</translation>
    </message>
    <message>
        <source>Nothing to go back to</source>
        <translation>Nichts, wohin es zurückgeht</translation>
    </message>
    <message>
        <source>Nothing to paint back here</source>
        <translation>Hier gibt es nichts zurückzumalen</translation>
    </message>
    <message>
        <source>Nothing to redo</source>
        <translation>Nichts zu wiederholen</translation>
    </message>
    <message>
        <source>Nothing to undo</source>
        <translation>Nichts rückgängig zu machen</translation>
    </message>
    <message>
        <source>Nothing was changed there</source>
        <translation>Dort wurde nichts geändert</translation>
    </message>
    <message>
        <source>Noting {number} of {total}</source>
        <translation>Notiz: {number} von {total}</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Jetzt</translation>
    </message>
    <message>
        <source>Null</source>
        <translation>Hgr.</translation>
    </message>
    <message numerus="yes">
        <source>On %Ln photo(s) pixels lie in two classes; they got the upper one.</source>
        <translation>
            <numerusform>Auf %Ln Foto liegen Pixel in zwei Klassen; sie bekamen die obere.</numerusform>
            <numerusform>Auf %Ln Fotos liegen Pixel in zwei Klassen; sie bekamen die obere.</numerusform>
        </translation>
    </message>
    <message>
        <source>On the board {board}</source>
        <translation>Auf dem Board {board}</translation>
    </message>
    <message>
        <source>On {photos}, {size}, {looked}</source>
        <translation>An {photos}, {size}, {looked}</translation>
    </message>
    <message>
        <source>One JSON list for Detectron2, MMDetection, FiftyOne and all else that reads COCO.</source>
        <translation>Eine JSON-Liste für Detectron2, MMDetection, FiftyOne und alles andere, was COCO liest.</translation>
    </message>
    <message>
        <source>One picture a photo, the photo on its left and the mask on its right: pix2pix&apos;s “aligned” data sets.</source>
        <translation>Je Foto ein Bild, links das Foto, rechts die Maske: die „aligned“-Datensätze von pix2pix.</translation>
    </message>
    <message>
        <source>Only photos of this value</source>
        <translation>Nur Fotos mit diesem Wert</translation>
    </message>
    <message numerus="yes">
        <source>Only the %Ln selected</source>
        <translation>
            <numerusform>Nur das %Ln ausgewählte</numerusform>
            <numerusform>Nur die %Ln ausgewählten</numerusform>
        </translation>
    </message>
    <message>
        <source>Only the photos selected in the filmstrip of Paint</source>
        <translation>Nur die im Filmstreifen unter Malen ausgewählten Fotos</translation>
    </message>
    <message>
        <source>Only {name} is painted over; Alt-click again for all</source>
        <translation>Nur {name} wird übermalt; noch ein Alt-Klick für alle</translation>
    </message>
    <message>
        <source>Open a folder of photos</source>
        <translation>Fotoordner öffnen</translation>
    </message>
    <message>
        <source>Open a folder of photos (@open)</source>
        <translation>Fotoordner öffnen (@open)</translation>
    </message>
    <message>
        <source>Open a folder of photos to begin, or drop photos here.</source>
        <translation>Zum Anfangen einen Fotoordner öffnen oder Fotos hierher ziehen.</translation>
    </message>
    <message>
        <source>Open a folder of photos to keep season boards with it.</source>
        <translation>Öffnen Sie einen Ordner mit Fotos, um Saison-Boards dazu anzulegen.</translation>
    </message>
    <message>
        <source>Open a folder of photos to see their colours together.</source>
        <translation>Öffnen Sie einen Ordner mit Fotos, um ihre Farben gemeinsam zu sehen.</translation>
    </message>
    <message>
        <source>Open a folder of photos to train and evaluate models on them.</source>
        <translation>Einen Fotoordner öffnen, um damit Modelle zu trainieren und auszuwerten.</translation>
    </message>
    <message>
        <source>Open a folder of photos, or run a command</source>
        <translation>Fotoordner öffnen oder einen Befehl ausführen</translation>
    </message>
    <message>
        <source>Open a photo to see the colours of each class.</source>
        <translation>Ein Foto öffnen, um die Farben jeder Klasse zu sehen.</translation>
    </message>
    <message>
        <source>Open a photo to see the colours of its clothes, skin and hair.</source>
        <translation>Ein Foto öffnen, um die Farben von Kleidung, Haut und Haaren zu sehen.</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>Open folder…</source>
        <translation>Ordner öffnen…</translation>
    </message>
    <message>
        <source>Open for editing</source>
        <translation>Zum Bearbeiten öffnen</translation>
    </message>
    <message>
        <source>Open it</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open photos or a folder</source>
        <translation>Fotos oder einen Ordner öffnen</translation>
    </message>
    <message>
        <source>Open the photo</source>
        <translation>Foto öffnen</translation>
    </message>
    <message>
        <source>Open the photo of this line in Paint</source>
        <translation>Das Foto dieser Zeile unter Malen öffnen</translation>
    </message>
    <message>
        <source>Open {folder}</source>
        <translation>{folder} öffnen</translation>
    </message>
    <message>
        <source>Open {name}</source>
        <translation>{name} öffnen</translation>
    </message>
    <message>
        <source>Opened</source>
        <translation>Geöffnet</translation>
    </message>
    <message>
        <source>Opening {folder}…</source>
        <translation>{folder} wird geöffnet…</translation>
    </message>
    <message>
        <source>Order by palette error instead of mIoU</source>
        <translation>Nach Palettenfehler statt mIoU ordnen</translation>
    </message>
    <message>
        <source>Order of the photos; @previous and @next walk through them</source>
        <translation>Reihenfolge der Fotos; @previous und @next blättern durch</translation>
    </message>
    <message>
        <source>Outlines are simplified: pixels at borders may come back as another class.</source>
        <translation>Umrisse werden vereinfacht: Pixel an Rändern können als andere Klasse zurückkommen.</translation>
    </message>
    <message>
        <source>Outlines are simplified: {pixels} pixels ({share} %) come back as another class.</source>
        <translation>Umrisse sind vereinfacht: {pixels} Pixel ({share} %) kommen als andere Klasse zurück.</translation>
    </message>
    <message>
        <source>Outlines only	@canvas.outline</source>
        <translation>Nur Umrisse	@canvas.outline</translation>
    </message>
    <message>
        <source>Outlines only, or filled</source>
        <translation>Nur Umrisse oder gefüllt</translation>
    </message>
    <message>
        <source>Outlines to edit, in place of exact masks</source>
        <translation>Umrisse zum Bearbeiten statt genauer Masken</translation>
    </message>
    <message>
        <source>Outside sRGB: the screen shows the nearest it can</source>
        <translation>Außerhalb von sRGB: Der Bildschirm zeigt das Nächste, das er kann</translation>
    </message>
    <message>
        <source>Outside the photo</source>
        <translation>Außerhalb des Fotos</translation>
    </message>
    <message>
        <source>Own map</source>
        <translation>Eigene Zuordnung</translation>
    </message>
    <message>
        <source>PALETTE</source>
        <translation>PALETTE</translation>
    </message>
    <message>
        <source>Page of the guide</source>
        <translation>Seite des Handbuchs</translation>
    </message>
    <message>
        <source>Pages of the guide</source>
        <translation>Seiten des Handbuchs</translation>
    </message>
    <message>
        <source>Paint</source>
        <translation>Malen</translation>
    </message>
    <message>
        <source>Paint back the mask as it was saved</source>
        <translation>Die Maske zurückmalen, wie sie gespeichert wurde</translation>
    </message>
    <message>
        <source>Paint back what the model proposed last; it counts as untouched again</source>
        <translation>Zurückmalen, was das Modell zuletzt vorgeschlagen hat; es gilt wieder als unberührt</translation>
    </message>
    <message>
        <source>Paint back: {text}</source>
        <translation>Zurückmalen: {text}</translation>
    </message>
    <message>
        <source>Paint {name}</source>
        <translation>{name} malen</translation>
    </message>
    <message>
        <source>Painted pixels more</source>
        <translation>Gemalte Pixel mehr</translation>
    </message>
    <message>
        <source>Paints back what was proposed or saved    Shift-click: straight line    [ ]: size</source>
        <translation>Malt zurück, was vorgeschlagen oder gespeichert war    Umschalt-Klick: gerade Linie    [ ]: Größe</translation>
    </message>
    <message>
        <source>Paints background    Alt: pick class    Shift-click: straight line    [ ]: size</source>
        <translation>Malt Hintergrund    Alt: Klasse aufnehmen    Umschalt-Klick: gerade Linie    [ ]: Größe</translation>
    </message>
    <message>
        <source>Paints inside the ring what belongs with its centre    Alt: pick class    Shift-click: line    [ ]: size</source>
        <translation>Malt im Ring, was zu seiner Mitte gehört    Alt: Klasse aufnehmen    Umschalt-Klick: Linie    [ ]: Größe</translation>
    </message>
    <message>
        <source>Paints over {name} only</source>
        <translation>Übermalt nur {name}</translation>
    </message>
    <message>
        <source>Palette</source>
        <translation>Palette</translation>
    </message>
    <message>
        <source>Palette (ASE, PDF and more)…</source>
        <translation>Palette (ASE, PDF und mehr) …</translation>
    </message>
    <message>
        <source>Palette: a card for each colour</source>
        <translation>Palette: eine Karte je Farbe</translation>
    </message>
    <message>
        <source>Parquet files for “datasets” and the Hugging Face Hub: columns image and label.</source>
        <translation>Parquet-Dateien für „datasets“ und den Hugging Face Hub: Spalten image und label.</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>Teil</translation>
    </message>
    <message>
        <source>Part of the window before</source>
        <translation>Voriger Teil des Fensters</translation>
    </message>
    <message>
        <source>Pen pressure changes the size</source>
        <translation>Stiftdruck ändert die Größe</translation>
    </message>
    <message>
        <source>Per photo</source>
        <translation>Je Foto</translation>
    </message>
    <message>
        <source>Per photo: each counts the same. Per pixel: near figures weigh more</source>
        <translation>Je Foto: jedes zählt gleich. Je Pixel: nahe Figuren wiegen mehr</translation>
    </message>
    <message>
        <source>Per pixel</source>
        <translation>Je Pixel</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>Foto</translation>
    </message>
    <message>
        <source>Photo and mask stretched to 512 × 256, masks in RGB colours; their own size does not come back.</source>
        <translation>Foto und Maske auf 512 × 256 gestreckt, Masken in RGB-Farben; die eigene Größe kommt nicht zurück.</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
    <message>
        <source>Photos and what is to be said of them</source>
        <translation>Fotos und was zu ihnen zu sagen ist</translation>
    </message>
    <message>
        <source>Photos are stretched to the network&apos;s size here, as in the paper.
The comparison with the old model and the Evaluation panel keep their proportions, so figures there differ.</source>
        <translation>Hier werden die Fotos wie im Fachartikel auf die Größe des Netzes gestreckt.
Der Vergleich mit dem alten Modell und das Bedienfeld Auswertung behalten die Proportionen, daher weichen die Zahlen dort ab.</translation>
    </message>
    <message>
        <source>Photos compared: {photos}. Class missed altogether: {missed}, invented: {invented}.</source>
        <translation>Verglichene Fotos: {photos}. Klasse ganz übersehen: {missed}, erfunden: {invented}.</translation>
    </message>
    <message>
        <source>Photos in a folder A, masks in B, as ChromaDesk has them itself: for pix2pix and to hand on.</source>
        <translation>Fotos im Ordner A, Masken in B, wie bei ChromaDesk selbst: für pix2pix und zum Weitergeben.</translation>
    </message>
    <message>
        <source>Photos learned from at a time; fewer need less memory.</source>
        <translation>Fotos, aus denen auf einmal gelernt wird; weniger brauchen weniger Speicher.</translation>
    </message>
    <message>
        <source>Photos of both parts, or of one</source>
        <translation>Fotos aus beiden Teilen oder aus einem</translation>
    </message>
    <message>
        <source>Photos ranked by {model}</source>
        <translation>Fotos eingeordnet von {model}</translation>
    </message>
    <message>
        <source>Photos that have a mask keep it otherwise; of each mask that is replaced, the one before is kept</source>
        <translation>Sonst behalten Fotos mit Maske die ihre; von jeder ersetzten Maske bleibt die vorige erhalten</translation>
    </message>
    <message>
        <source>Photos that have it, of those read so far</source>
        <translation>Fotos mit diesem Label, von den bisher gelesenen</translation>
    </message>
    <message>
        <source>Photos to evaluate on</source>
        <translation>Fotos für die Auswertung</translation>
    </message>
    <message>
        <source>Photos with this colour</source>
        <translation>Fotos mit dieser Farbe</translation>
    </message>
    <message>
        <source>Photoshop documents (*.psd *.psb)</source>
        <translation>Photoshop-Dokumente (*.psd *.psb)</translation>
    </message>
    <message>
        <source>Photoshop documents (*.psd)</source>
        <translation>Photoshop-Dokumente (*.psd)</translation>
    </message>
    <message>
        <source>Pick</source>
        <translation>Aufnehmen</translation>
    </message>
    <message>
        <source>Picked by hand: stays at this colour</source>
        <translation>Von Hand aufgenommen: bleibt bei dieser Farbe</translation>
    </message>
    <message>
        <source>Pinch</source>
        <translation>Zwei Finger spreizen</translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation>Pixel</translation>
    </message>
    <message>
        <source>Pixels along the edge of a class that do not count, on a photo of 1,000 pixels</source>
        <translation>Pixel am Rand einer Klasse, die nicht zählen, bei einem Foto von 1.000 Pixeln</translation>
    </message>
    <message>
        <source>Pixels that are nearly black do not count</source>
        <translation>Fast schwarze Pixel zählen nicht</translation>
    </message>
    <message>
        <source>Pixels that only shine do not count</source>
        <translation>Pixel, die nur glänzen, zählen nicht</translation>
    </message>
    <message>
        <source>Pointer</source>
        <translation>Zeiger</translation>
    </message>
    <message>
        <source>Predict</source>
        <translation>Vorschlagen</translation>
    </message>
    <message>
        <source>Predict everything anew</source>
        <translation>Alles neu vorschlagen</translation>
    </message>
    <message>
        <source>Predict the selected photos</source>
        <translation>Für die ausgewählten Fotos vorschlagen</translation>
    </message>
    <message>
        <source>Predict where nobody painted</source>
        <translation>Vorschlagen, wo niemand gemalt hat</translation>
    </message>
    <message>
        <source>Predict with the model used before</source>
        <translation>Mit dem Modell davor vorschlagen</translation>
    </message>
    <message>
        <source>Predicting {number} of {total}</source>
        <translation>Vorschlagen: {number} von {total}</translation>
    </message>
    <message>
        <source>Predicting…</source>
        <translation>Vorschlag wird berechnet…</translation>
    </message>
    <message>
        <source>Prediction</source>
        <translation>Vorschlag</translation>
    </message>
    <message>
        <source>Press a key…</source>
        <translation>Taste drücken…</translation>
    </message>
    <message>
        <source>Press the new key; Esc leaves it as it is.</source>
        <translation>Die neue Taste drücken; Esc lässt es, wie es ist.</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Vorschau</translation>
    </message>
    <message>
        <source>Previous photo</source>
        <translation>Voriges Foto</translation>
    </message>
    <message>
        <source>Processor (CPU)</source>
        <translation>Prozessor (CPU)</translation>
    </message>
    <message>
        <source>Proposal</source>
        <translation>Vorschlag</translation>
    </message>
    <message>
        <source>Proposals</source>
        <translation>Vorschläge</translation>
    </message>
    <message>
        <source>Put all lines on the clipboard</source>
        <translation>Alle Zeilen in die Zwischenablage legen</translation>
    </message>
    <message>
        <source>Put this colour and its photos on the season board</source>
        <translation>Diese Farbe und ihre Fotos auf das Saison-Board legen</translation>
    </message>
    <message>
        <source>Put {book} away</source>
        <translation>{book} weglegen</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Qualität</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>RECENT</source>
        <translation>ZULETZT GEÖFFNET</translation>
    </message>
    <message>
        <source>RUNNING</source>
        <translation>LÄUFT</translation>
    </message>
    <message>
        <source>Random weights</source>
        <translation>Zufällige Gewichte</translation>
    </message>
    <message numerus="yes">
        <source>Rank %Ln photo(s)</source>
        <translation>
            <numerusform>%Ln Foto einordnen</numerusform>
            <numerusform>%Ln Fotos einordnen</numerusform>
        </translation>
    </message>
    <message>
        <source>Rank photos</source>
        <translation>Fotos einordnen</translation>
    </message>
    <message>
        <source>Rank photos by doubt</source>
        <translation>Fotos nach Zweifel einordnen</translation>
    </message>
    <message>
        <source>Ranking</source>
        <translation>Einordnung</translation>
    </message>
    <message>
        <source>Ranking: {done} of {total}</source>
        <translation>Einordnung: {done} von {total}</translation>
    </message>
    <message>
        <source>Ranking…</source>
        <translation>Wird eingeordnet…</translation>
    </message>
    <message>
        <source>Read colours the way it is done before anything is chosen</source>
        <translation>Farben so lesen, wie es ohne eigene Wahl geschieht</translation>
    </message>
    <message>
        <source>Read season, brand, tags, date and more of each photo from a table with a column &apos;photo&apos;</source>
        <translation>Saison, Marke, Schlagwörter, Datum und mehr zu jedem Foto aus einer Tabelle mit einer Spalte „photo“ lesen</translation>
    </message>
    <message>
        <source>Read the data set again, to be changed here from now on</source>
        <translation>Den Datensatz neu lesen, um ihn von nun an hier zu ändern</translation>
    </message>
    <message>
        <source>Reading colours</source>
        <translation>Farben werden gelesen</translation>
    </message>
    <message>
        <source>Reading colours: {done} of {all} photos</source>
        <translation>Farben werden gelesen: {done} von {all} Fotos</translation>
    </message>
    <message>
        <source>Reading dates and names: {done} of {all} photos</source>
        <translation>Daten und Namen werden gelesen: {done} von {all} Fotos</translation>
    </message>
    <message>
        <source>Reading the labels: {far} photos.</source>
        <translation>Die Labels werden gelesen: {far} Fotos.</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Wird gelesen…</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Redone: {what}</source>
        <translation>Wiederholt: {what}</translation>
    </message>
    <message>
        <source>Redraw border</source>
        <translation>Grenze nachziehen</translation>
    </message>
    <message>
        <source>Refine edges</source>
        <translation>Kanten verfeinern</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove from the queue: {title}</source>
        <translation>Aus der Warteschlange nehmen: {title}</translation>
    </message>
    <message>
        <source>Remove specks</source>
        <translation>Sprenkel entfernen</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>Umbenennen …</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Replace masks that are there</source>
        <translation>Vorhandene Masken ersetzen</translation>
    </message>
    <message>
        <source>Report (HTML)…</source>
        <translation>Bericht (HTML) …</translation>
    </message>
    <message>
        <source>Reset all keys</source>
        <translation>Alle Tasten zurücksetzen</translation>
    </message>
    <message>
        <source>Reset the key of {text}</source>
        <translation>Taste zurücksetzen: {text}</translation>
    </message>
    <message>
        <source>Revert</source>
        <translation>Zurückgesetzt</translation>
    </message>
    <message>
        <source>Revert mask</source>
        <translation>Maske zurücksetzen</translation>
    </message>
    <message>
        <source>Revert to first opened</source>
        <translation>Zurück zum ersten Öffnen</translation>
    </message>
    <message>
        <source>Revert to the proposal</source>
        <translation>Zurück zum Vorschlag</translation>
    </message>
    <message>
        <source>Revert to the saved mask</source>
        <translation>Zurück zur gespeicherten Maske</translation>
    </message>
    <message>
        <source>Rising and falling</source>
        <translation>Steigend und fallend</translation>
    </message>
    <message>
        <source>Rising and falling colours</source>
        <translation>Steigende und fallende Farben</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>Regeln</translation>
    </message>
    <message>
        <source>Run lengths keep every pixel of every mask.</source>
        <translation>Lauflängen behalten jedes Pixel jeder Maske.</translation>
    </message>
    <message>
        <source>SCORES PER CLASS</source>
        <translation>GÜTE JE KLASSE</translation>
    </message>
    <message>
        <source>Sample photos</source>
        <translation>Beispielfotos</translation>
    </message>
    <message>
        <source>Save a diagnostic bundle</source>
        <translation>Diagnosepaket speichern</translation>
    </message>
    <message>
        <source>Save a diagnostic bundle…</source>
        <translation>Diagnosepaket speichern…</translation>
    </message>
    <message>
        <source>Save mask</source>
        <translation>Maske speichern</translation>
    </message>
    <message>
        <source>Save this board for print or for other programs</source>
        <translation>Dieses Board für den Druck oder für andere Programme speichern</translation>
    </message>
    <message>
        <source>Save what is shown here as a report, a table or swatches</source>
        <translation>Was hier zu sehen ist, als Bericht, Tabelle oder Farbfelder speichern</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Gespeichert</translation>
    </message>
    <message>
        <source>Saved {file}.</source>
        <translation>{file} ist gespeichert.</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Speichern…</translation>
    </message>
    <message>
        <source>Scores per class</source>
        <translation>Güte je Klasse</translation>
    </message>
    <message>
        <source>Scores per version</source>
        <translation>Güte je Version</translation>
    </message>
    <message>
        <source>Scribble assist</source>
        <translation>Kritzelhilfe</translation>
    </message>
    <message>
        <source>Scribble inside what is wrong: its surroundings follow up to their edges    Alt: pick class    [ ]: size</source>
        <translation>In das Falsche kritzeln: Die Umgebung folgt bis an ihre Kanten    Alt: Klasse aufnehmen    [ ]: Größe</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Search keys and gestures</source>
        <translation>Tasten und Gesten durchsuchen</translation>
    </message>
    <message>
        <source>Search the guide</source>
        <translation>Im Handbuch suchen</translation>
    </message>
    <message>
        <source>Seasons, brands and tags come from the names of folders, dates from the camera, the rest from a table.</source>
        <translation>Saison, Marke und Schlagwörter kommen aus den Namen der Ordner, Daten aus der Kamera, der Rest aus einer Tabelle.</translation>
    </message>
    <message>
        <source>See how good a model is on photos whose true masks are known.</source>
        <translation>Sehen, wie gut ein Modell an Fotos ist, deren wahre Masken bekannt sind.</translation>
    </message>
    <message>
        <source>See whether each version of the model is better than the one before, on the same test photos.</source>
        <translation>Sehen, ob jede Version des Modells besser ist als die davor, an denselben Testfotos.</translation>
    </message>
    <message>
        <source>Select photos in the filmstrip first: Ctrl or Shift and a click.</source>
        <translation>Zuerst Fotos im Filmstreifen auswählen: Strg oder Umschalt und ein Klick.</translation>
    </message>
    <message>
        <source>Selected in the filmstrip</source>
        <translation>Im Filmstreifen ausgewählte</translation>
    </message>
    <message>
        <source>Selected photos</source>
        <translation>Ausgewählte Fotos</translation>
    </message>
    <message>
        <source>Sensitivity</source>
        <translation>Empfindlichkeit</translation>
    </message>
    <message>
        <source>Sensitivity to edges</source>
        <translation>Empfindlichkeit für Kanten</translation>
    </message>
    <message>
        <source>Set grey point</source>
        <translation>Graupunkt setzen</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Shoes and boots, hats and head scarves, scarves, ties, belts, gloves, glasses.</source>
        <translation>Schuhe und Stiefel, Hüte und Kopftücher, Schals, Krawatten, Gürtel, Handschuhe, Brillen.</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Show all photos</source>
        <translation>Alle Fotos zeigen</translation>
    </message>
    <message>
        <source>Show details</source>
        <translation>Einzelheiten zeigen</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Show in the panels what it found</source>
        <translation>In den Bedienfeldern zeigen, was herauskam</translation>
    </message>
    <message>
        <source>Show its photos</source>
        <translation>Ihre Fotos zeigen</translation>
    </message>
    <message>
        <source>Show only pages that hold these words; Enter goes to the next place</source>
        <translation>Nur Seiten zeigen, die diese Wörter enthalten; Enter geht zur nächsten Stelle</translation>
    </message>
    <message>
        <source>Show only photos in this state, or with a note</source>
        <translation>Nur Fotos in diesem Zustand oder mit Notiz zeigen</translation>
    </message>
    <message>
        <source>Show only photos whose name holds this</source>
        <translation>Nur Fotos zeigen, deren Name dies enthält</translation>
    </message>
    <message>
        <source>Show only what holds these words</source>
        <translation>Nur zeigen, was diese Wörter enthält</translation>
    </message>
    <message>
        <source>Show or hide: {text}</source>
        <translation>Ein- oder ausblenden: {text}</translation>
    </message>
    <message>
        <source>Show {name}</source>
        <translation>{name} zeigen</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Skin</source>
        <translation>Haut</translation>
    </message>
    <message>
        <source>Smaller brush</source>
        <translation>Kleinerer Pinsel (auch Ü)</translation>
    </message>
    <message>
        <source>Smooth edges</source>
        <translation>Kanten glätten</translation>
    </message>
    <message>
        <source>Something went wrong inside ChromaDesk ({kind}). Your work is kept; the details are in {log}.</source>
        <translation>In ChromaDesk ist etwas schiefgegangen ({kind}). Die Arbeit ist gesichert; Einzelheiten stehen in {log}.</translation>
    </message>
    <message>
        <source>Something went wrong inside ChromaDesk ({kind}: {error}); see its log.</source>
        <translation>In ChromaDesk ist etwas schiefgegangen ({kind}: {error}); siehe das Protokoll des Programms.</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Leertaste</translation>
    </message>
    <message>
        <source>Split garments…</source>
        <translation>Kleidungsstücke trennen …</translation>
    </message>
    <message>
        <source>Split in two</source>
        <translation>In zwei teilen</translation>
    </message>
    <message>
        <source>Standard: finds the people, then looks at them</source>
        <translation>Standard: findet die Personen, sieht sie dann genauer an</translation>
    </message>
    <message>
        <source>Start from</source>
        <translation>Ausgangspunkt</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stoppen</translation>
    </message>
    <message>
        <source>Stop after so many epochs without a better one, and keep the best.</source>
        <translation>Nach so vielen Epochen ohne eine bessere aufhören und die beste behalten.</translation>
    </message>
    <message>
        <source>Stop after this photo; nothing is kept</source>
        <translation>Nach diesem Foto aufhören; nichts wird behalten</translation>
    </message>
    <message>
        <source>Stop after this photo; what is done stays done</source>
        <translation>Nach diesem Foto aufhören; was getan ist, bleibt</translation>
    </message>
    <message>
        <source>Stop after this step; what was learned so far is kept</source>
        <translation>Nach diesem Schritt aufhören; bisher Gelerntes bleibt erhalten</translation>
    </message>
    <message>
        <source>Stop early</source>
        <translation>Früher Halt</translation>
    </message>
    <message>
        <source>Stop it</source>
        <translation>Stoppen</translation>
    </message>
    <message>
        <source>Stop them</source>
        <translation>Stoppen</translation>
    </message>
    <message>
        <source>Stop {title}</source>
        <translation>Stoppen: {title}</translation>
    </message>
    <message>
        <source>Stopping after this photo…</source>
        <translation>Stoppt nach diesem Foto…</translation>
    </message>
    <message>
        <source>Straightens ragged edges; straps, fingers and strands stay.</source>
        <translation>Begradigt ausgefranste Kanten; Träger, Finger und Strähnen bleiben.</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>Stärke</translation>
    </message>
    <message>
        <source>Strokes move to edges when they end</source>
        <translation>Striche rücken am Ende an die Kanten</translation>
    </message>
    <message>
        <source>Strokes that you made since are only in this window, and end with it.</source>
        <translation>Striche, die Sie seither gemacht haben, sind nur in diesem Fenster und enden mit ihm.</translation>
    </message>
    <message>
        <source>Studio</source>
        <translation>Studio</translation>
    </message>
    <message>
        <source>Swap the last two classes</source>
        <translation>Die letzten beiden Klassen tauschen</translation>
    </message>
    <message>
        <source>Swatches (ASE)…</source>
        <translation>Farbfelder (ASE) …</translation>
    </message>
    <message>
        <source>Swatches ({kinds})</source>
        <translation>Farbfelder ({kinds})</translation>
    </message>
    <message>
        <source>Tab</source>
        <translation>Tab</translation>
    </message>
    <message>
        <source>Table of swatches (CSV)…</source>
        <translation>Tabelle der Farbfelder (CSV) …</translation>
    </message>
    <message>
        <source>Tables (*.csv *.tsv *.txt)</source>
        <translation>Tabellen (*.csv *.tsv *.txt)</translation>
    </message>
    <message>
        <source>Take a map</source>
        <translation>Eine Zuordnung laden</translation>
    </message>
    <message>
        <source>Take a map that was kept as a TOML file</source>
        <translation>Eine Zuordnung laden, die als TOML-Datei behalten wurde</translation>
    </message>
    <message>
        <source>Take in photos and masks; you can go on painting meanwhile</source>
        <translation>Fotos und Masken aufnehmen; Sie können unterdessen weitermalen</translation>
    </message>
    <message>
        <source>Take it off this list (Delete); the folder stays as it is</source>
        <translation>Aus der Liste nehmen (Entf); der Ordner bleibt, wie er ist</translation>
    </message>
    <message>
        <source>Take it out of the queue</source>
        <translation>Aus der Warteschlange nehmen</translation>
    </message>
    <message>
        <source>Take the colours as the file has them</source>
        <translation>Die Farben nehmen, wie die Datei sie hat</translation>
    </message>
    <message>
        <source>Take the last change to the boards back (@undo)</source>
        <translation>Die letzte Änderung an den Boards zurücknehmen (@undo)</translation>
    </message>
    <message>
        <source>Take the selected photos back to work</source>
        <translation>Ausgewählte Fotos zurück in Arbeit nehmen</translation>
    </message>
    <message>
        <source>Take {name} off the list</source>
        <translation>{name} aus der Liste nehmen</translation>
    </message>
    <message>
        <source>Taking back {number} of {total}</source>
        <translation>Zurücknehmen: {number} von {total}</translation>
    </message>
    <message>
        <source>Tasks with brushes, to import in Label Studio.</source>
        <translation>Aufgaben mit Pinseln, zum Importieren in Label Studio.</translation>
    </message>
    <message>
        <source>Test photos</source>
        <translation>Testfotos</translation>
    </message>
    <message>
        <source>Testing only</source>
        <translation>Nur Tests</translation>
    </message>
    <message>
        <source>That is clearly coloured (chroma {chroma}); click grey or white.</source>
        <translation>Das ist deutlich farbig (Buntheit {chroma}); auf Grau oder Weiß klicken.</translation>
    </message>
    <message>
        <source>That is no key.</source>
        <translation>Das ist keine Taste.</translation>
    </message>
    <message>
        <source>That is no {name}; click a garment.</source>
        <translation>Das gehört nicht zur Klasse {name}; auf ein Kleidungsstück klicken.</translation>
    </message>
    <message>
        <source>That tool only while it is held</source>
        <translation>Gehalten: das Werkzeug nur so lange</translation>
    </message>
    <message>
        <source>The GPU&apos;s memory is too small for {number} photos at a time; the training goes on with {fewer}, which is slower.</source>
        <translation>Der Speicher der GPU reicht nicht für {number} Fotos auf einmal; das Training geht mit {fewer} weiter, und langsamer.</translation>
    </message>
    <message>
        <source>The approved photos to learn from.
Automatic: a fine-tune sees all, those you corrected more often; a new network sees all alike.</source>
        <translation>Die freigegebenen Fotos, aus denen gelernt wird.
Automatisch: Ein Nachtraining sieht alle, die korrigierten öfter; ein neues Netz sieht alle gleich oft.</translation>
    </message>
    <message>
        <source>The approved test photos are others by now ({count}): evaluate all versions on these</source>
        <translation>Die freigegebenen Testfotos sind inzwischen andere ({count}): alle Versionen an diesen auswerten</translation>
    </message>
    <message>
        <source>The checkpoint {file} is damaged, so the training goes on from the one before it.</source>
        <translation>Der Zwischenstand {file} ist beschädigt, also geht das Training von dem davor aus weiter.</translation>
    </message>
    <message>
        <source>The colours of the approved photos will be here in a moment.</source>
        <translation>Die Farben der freigegebenen Fotos sind gleich hier.</translation>
    </message>
    <message>
        <source>The diagnostic bundle was not saved: {reason}</source>
        <translation>Das Diagnosepaket wurde nicht gespeichert: {reason}</translation>
    </message>
    <message>
        <source>The folders of Pascal VOC, which most tools for segmentation read.</source>
        <translation>Die Ordner von Pascal VOC, die die meisten Segmentierungsprogramme lesen.</translation>
    </message>
    <message>
        <source>The group that changes are counted from</source>
        <translation>Die Gruppe, von der aus Änderungen gezählt werden</translation>
    </message>
    <message>
        <source>The group that changes are counted to</source>
        <translation>Die Gruppe, bis zu der Änderungen gezählt werden</translation>
    </message>
    <message>
        <source>The hair of the head, also where it falls over clothes or a scarf.</source>
        <translation>Das Haar des Kopfes, auch wo es über Kleidung oder einen Schal fällt.</translation>
    </message>
    <message>
        <source>The index of this data set was damaged and has been made anew from its files. Nothing you did is lost; scores and doubts come back with the next evaluation and ranking.</source>
        <translation>Der Index dieses Datensatzes war beschädigt und wurde aus den Dateien neu angelegt. Die Arbeit ist gesichert; Bewertungen und Zweifel kommen mit der nächsten Auswertung und Rangliste zurück.</translation>
    </message>
    <message>
        <source>The job stopped without a word (out of memory?); what it printed is in {log}.</source>
        <translation>Der Auftrag endete ohne ein Wort (zu wenig Speicher?); was er ausgab, steht in {log}.</translation>
    </message>
    <message>
        <source>The job {job} is for another data set, so it was not started; delete it unless it is yours, then open that data set and start it there.</source>
        <translation>Der Auftrag {job} gilt einem anderen Datensatz und wurde deshalb nicht gestartet; lösche ihn, wenn er nicht von dir ist, sonst öffne jenen Datensatz und starte ihn dort.</translation>
    </message>
    <message>
        <source>The journal of {photo} cannot be read ({reason}), so its strokes are not here</source>
        <translation>Das Journal von {photo} ist nicht lesbar ({reason}), darum fehlen seine Striche hier</translation>
    </message>
    <message>
        <source>The journal of {photo} cannot be read: it is damaged, or of a newer ChromaDesk</source>
        <translation>Das Journal von {photo} ist nicht lesbar: Es ist beschädigt oder von einem neueren ChromaDesk</translation>
    </message>
    <message>
        <source>The journal of {photo} is damaged, and what could be read of it came back</source>
        <translation>Das Journal von {photo} ist beschädigt, und was davon lesbar war, ist wieder da</translation>
    </message>
    <message>
        <source>The kind of a new network; weights to start from bring their own.
{title}: {description}.</source>
        <translation>Die Art eines neuen Netzes; Gewichte als Ausgangspunkt bringen ihre eigene mit.
{title}: {description}.</translation>
    </message>
    <message>
        <source>The label&apos;s name there, or its number</source>
        <translation>Der Name des Labels dort oder seine Nummer</translation>
    </message>
    <message>
        <source>The last colour stays.</source>
        <translation>Die letzte Farbe bleibt.</translation>
    </message>
    <message>
        <source>The learning rate at its highest.</source>
        <translation>Die Lernrate an ihrem höchsten Punkt.</translation>
    </message>
    <message>
        <source>The learning rate {text} is no number; write one such as 0.0001 or 1e-4.</source>
        <translation>Die Lernrate {text} ist keine Zahl; eine wie 0.0001 oder 1e-4 schreiben.</translation>
    </message>
    <message>
        <source>The line cuts nothing off</source>
        <translation>Die Linie trennt nichts ab</translation>
    </message>
    <message>
        <source>The list that colours are named from</source>
        <translation>Die Liste, nach der Farben benannt werden</translation>
    </message>
    <message>
        <source>The loss was no number any more, so the training went back to its last checkpoint and goes on with half the learning rate ({number} of at most {most} times).</source>
        <translation>Der Verlust war keine Zahl mehr, also ging das Training auf seinen letzten Zwischenstand zurück und mit halber Lernrate weiter ({number}. von höchstens {most} Malen).</translation>
    </message>
    <message>
        <source>The lower layer&apos;s</source>
        <translation>Untere Ebene</translation>
    </message>
    <message>
        <source>The mask before the last save cannot be read, or is of another size</source>
        <translation>Die Maske vor dem letzten Speichern ist nicht lesbar oder von anderer Größe</translation>
    </message>
    <message>
        <source>The mask is still becoming finer</source>
        <translation>Die Maske wird noch feiner</translation>
    </message>
    <message>
        <source>The memory is too small for {number} photos at a time; the training goes on with {fewer}, which is slower.</source>
        <translation>Der Arbeitsspeicher reicht nicht für {number} Fotos auf einmal; das Training geht mit {fewer} weiter, und langsamer.</translation>
    </message>
    <message>
        <source>The model to evaluate</source>
        <translation>Das Modell, das ausgewertet wird</translation>
    </message>
    <message>
        <source>The new model beside the old one</source>
        <translation>Das neue Modell neben dem alten</translation>
    </message>
    <message>
        <source>The new model has mIoU {miou} on {photos}; there is no older one.</source>
        <translation>Das neue Modell hat mIoU {miou} bei {photos}; ein älteres gibt es nicht.</translation>
    </message>
    <message>
        <source>The new model is better on {photos}: {figures}.</source>
        <translation>Das neue Modell ist besser bei {photos}: {figures}.</translation>
    </message>
    <message>
        <source>The new model is just as good as the old one on {photos}: {figures}.</source>
        <translation>Das neue Modell ist genauso gut wie das alte bei {photos}: {figures}.</translation>
    </message>
    <message>
        <source>The new model is worse on {photos}: {figures}.</source>
        <translation>Das neue Modell ist schlechter bei {photos}: {figures}.</translation>
    </message>
    <message>
        <source>The old model goes on making the proposals.</source>
        <translation>Die Vorschläge macht weiterhin das alte Modell.</translation>
    </message>
    <message>
        <source>The open data set</source>
        <translation>Der geöffnete Datensatz</translation>
    </message>
    <message>
        <source>The other ChromaDesk is gone. You can edit {name} now.</source>
        <translation>Das andere ChromaDesk ist beendet. Sie können {name} jetzt bearbeiten.</translation>
    </message>
    <message>
        <source>The outline holds no pixel of the photo</source>
        <translation>Der Umriss enthält kein Pixel des Fotos</translation>
    </message>
    <message>
        <source>The part that finds features in the photo; a larger one finds more, more slowly.</source>
        <translation>Der Teil, der Merkmale im Foto findet; ein größerer findet mehr, aber langsamer.</translation>
    </message>
    <message>
        <source>The photos are being ranked already.</source>
        <translation>Die Fotos werden bereits eingeordnet.</translation>
    </message>
    <message>
        <source>The photos of this colour are not in the data set any more.</source>
        <translation>Die Fotos dieser Farbe sind nicht mehr im Datensatz.</translation>
    </message>
    <message>
        <source>The photos to evaluate on</source>
        <translation>Die Fotos, an denen ausgewertet wird</translation>
    </message>
    <message>
        <source>The sample portraits come with the extra demo: {command}; or give photos of your own.</source>
        <translation>Die Beispielporträts kommen mit dem Extra demo: {command}; oder eigene Fotos verwenden.</translation>
    </message>
    <message>
        <source>The segmenter could not be started; check that ChromaDesk&apos;s Python installation is complete.</source>
        <translation>Der Segmentierer konnte nicht gestartet werden; prüfen, ob die Python-Installation von ChromaDesk vollständig ist.</translation>
    </message>
    <message>
        <source>The segmenter gave no answer any more and will be restarted; predict again (@predict).</source>
        <translation>Der Segmentierer antwortete nicht mehr und startet neu; noch einmal vorschlagen (@predict).</translation>
    </message>
    <message>
        <source>The segmenter stopped unexpectedly and will be restarted; predict again (@predict).</source>
        <translation>Der Segmentierer wurde unerwartet beendet und startet neu; noch einmal vorschlagen (@predict).</translation>
    </message>
    <message>
        <source>The segmenter&apos;s answer could not be read; predict again (@predict).</source>
        <translation>Die Antwort des Segmentierers ließ sich nicht lesen; noch einmal vorschlagen (@predict).</translation>
    </message>
    <message>
        <source>The shirt that shows under a jacket is clothes as well: one shape.</source>
        <translation>Das Hemd, das unter der Jacke hervorschaut, ist auch Kleidung: eine Form.</translation>
    </message>
    <message>
        <source>The system&apos;s language</source>
        <translation>Sprache des Systems</translation>
    </message>
    <message>
        <source>The trainings and evaluations of this data set, running, waiting and ended</source>
        <translation>Die Trainings und Auswertungen dieses Datensatzes: laufend, wartend und beendet</translation>
    </message>
    <message>
        <source>The upper layer&apos;s</source>
        <translation>Obere Ebene</translation>
    </message>
    <message>
        <source>The very same job waits already; see the jobs in Model (@show_model).</source>
        <translation>Genau dieser Auftrag wartet schon; siehe die Aufträge unter Modell (@show_model).</translation>
    </message>
    <message>
        <source>The weights to set out from; a new network learns from scratch and needs far longer.</source>
        <translation>Die Gewichte, von denen es ausgeht; ein neues Netz lernt von Grund auf und braucht viel länger.</translation>
    </message>
    <message>
        <source>The wheel leaves neutrals out, the map shows all. Areas are shares.</source>
        <translation>Das Rad lässt neutrale Farben aus, die Karte zeigt alle. Flächen sind Anteile.</translation>
    </message>
    <message>
        <source>The {photos} show nothing that the new model could be judged by.</source>
        <translation>Nichts in {photos} erlaubt ein Urteil über das neue Modell.</translation>
    </message>
    <message>
        <source>Their label</source>
        <translation>Label dort</translation>
    </message>
    <message>
        <source>There are no test photos to compare the new model with the old one on.</source>
        <translation>Es gibt keine Testfotos, an denen sich das neue Modell mit dem alten vergleichen ließe.</translation>
    </message>
    <message>
        <source>These photos hold no {name}.</source>
        <translation>In diesen Fotos kommt nicht vor: {name}.</translation>
    </message>
    <message>
        <source>They go on without the studio, and you find them again when you next open the data set.</source>
        <translation>Sie laufen ohne das Studio weiter und sind wieder da, wenn der Datensatz das nächste Mal geöffnet wird.</translation>
    </message>
    <message>
        <source>This folder holds no photos.</source>
        <translation>Dieser Ordner enthält keine Fotos.</translation>
    </message>
    <message>
        <source>This folder holds no photos. Choose another one.</source>
        <translation>Dieser Ordner enthält keine Fotos. Einen anderen wählen.</translation>
    </message>
    <message>
        <source>This pixel: {hex}, ΔE {away} from {swatch} ({region})</source>
        <translation>Dieses Pixel: {hex}, ΔE {away} von {swatch} ({region})</translation>
    </message>
    <message>
        <source>This week</source>
        <translation>Diese Woche</translation>
    </message>
    <message>
        <source>Tights, stockings, leggings and socks are clothes, sheer ones too.</source>
        <translation>Strumpfhosen, Strümpfe, Leggings und Socken sind Kleidung, auch durchsichtige.</translation>
    </message>
    <message>
        <source>Title of the board</source>
        <translation>Titel des Boards</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Nach</translation>
    </message>
    <message>
        <source>To Photoshop, Illustrator, GIMP, a web page or a PDF</source>
        <translation>Für Photoshop, Illustrator, GIMP, eine Webseite oder als PDF</translation>
    </message>
    <message>
        <source>Too close to call on {photos}: {figures}.</source>
        <translation>Zu knapp für ein Urteil bei {photos}: {figures}.</translation>
    </message>
    <message>
        <source>Too dark to tell the light by; click something lighter.</source>
        <translation>Zu dunkel, um das Licht zu erkennen; auf etwas Helleres klicken.</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
    <message>
        <source>Train a new model</source>
        <translation>Neues Modell trainieren</translation>
    </message>
    <message>
        <source>Train on the approved masks as soon as the jobs before it are done</source>
        <translation>Mit den freigegebenen Masken trainieren, sobald die Aufträge davor fertig sind</translation>
    </message>
    <message>
        <source>Train on the approved masks, in the background</source>
        <translation>Mit den freigegebenen Masken trainieren, im Hintergrund</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>Training and evaluation</source>
        <translation>Training und Auswertung</translation>
    </message>
    <message>
        <source>Training and testing</source>
        <translation>Training und Tests</translation>
    </message>
    <message>
        <source>Training only</source>
        <translation>Nur Training</translation>
    </message>
    <message>
        <source>Training photos</source>
        <translation>Trainingsfotos</translation>
    </message>
    <message>
        <source>Training {network} from scratch</source>
        <translation>Training von {network} von Grund auf</translation>
    </message>
    <message>
        <source>Training {network} from {model}</source>
        <translation>Training von {network} ab {model}</translation>
    </message>
    <message>
        <source>Trainings and evaluations run in the background, one after the other; they are listed here.</source>
        <translation>Trainings und Auswertungen laufen im Hintergrund, eine nach der anderen; hier stehen sie.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Turns everybody else into background.</source>
        <translation>Macht alle anderen zum Hintergrund.</translation>
    </message>
    <message>
        <source>Two colours nearer than this (CIEDE2000) become one</source>
        <translation>Zwei Farben, die näher beieinander liegen (CIEDE2000), werden eine</translation>
    </message>
    <message>
        <source>Two fingers</source>
        <translation>Zwei Finger</translation>
    </message>
    <message>
        <source>Two masks</source>
        <translation>Zwei Masken</translation>
    </message>
    <message>
        <source>Type a few letters</source>
        <translation>Einige Buchstaben tippen</translation>
    </message>
    <message>
        <source>U-Net generator against a 70x70 patch discriminator; paints the mask; the paper&apos;s base line</source>
        <translation>U-Net-Generator gegen einen Diskriminator auf 70x70-Ausschnitten; malt die Maske; die Vergleichsbasis des Fachartikels</translation>
    </message>
    <message>
        <source>Under a hat: only what shows; the hat is an accessory.</source>
        <translation>Unter einem Hut: nur, was hervorschaut; der Hut ist ein Accessoire.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Undone: {what}</source>
        <translation>Zurückgenommen: {what}</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>Entsperren</translation>
    </message>
    <message>
        <source>Unsaved changes of {name} came back.</source>
        <translation>Ungespeicherte Änderungen an {name} sind wieder da.</translation>
    </message>
    <message numerus="yes">
        <source>Unsaved strokes on %Ln photo(s), {name} among them, come back when you open them.</source>
        <translation>
            <numerusform>Nicht gespeicherte Striche auf %Ln Foto, {name}, sind wieder da, wenn Sie es öffnen.</numerusform>
            <numerusform>Nicht gespeicherte Striche auf %Ln Fotos, darunter {name}, sind wieder da, wenn Sie sie öffnen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Unsaved strokes on {name} come back when you open it.</source>
        <translation>Nicht gespeicherte Striche auf {name} sind wieder da, wenn Sie es öffnen.</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Verwenden</translation>
    </message>
    <message>
        <source>VGG16 features, five transposed convolutions, no skips</source>
        <translation>VGG16-Merkmale, fünf transponierte Faltungen, keine Sprungverbindungen</translation>
    </message>
    <message>
        <source>VGG16 features, five transposed convolutions, skips from pool4</source>
        <translation>VGG16-Merkmale, fünf transponierte Faltungen, Sprungverbindungen ab pool4</translation>
    </message>
    <message>
        <source>VGG16 features, five transposed convolutions, skips from pool4 and pool3</source>
        <translation>VGG16-Merkmale, fünf transponierte Faltungen, Sprungverbindungen ab pool4 und pool3</translation>
    </message>
    <message>
        <source>VGG16 features, five transposed convolutions, skips from pool4 to pool1; the paper&apos;s own best</source>
        <translation>VGG16-Merkmale, fünf transponierte Faltungen, Sprungverbindungen ab pool4 bis pool1; das beste des Fachartikels</translation>
    </message>
    <message>
        <source>Vanilla, all classes alike</source>
        <translation>Vanilla, alle gleich</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>Versionen</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>WAITING</source>
        <translation>WARTET</translation>
    </message>
    <message>
        <source>WORST COLOURS FIRST</source>
        <translation>SCHLECHTESTE FARBEN</translation>
    </message>
    <message>
        <source>WORST PHOTOS FIRST</source>
        <translation>SCHLECHTESTE FOTOS</translation>
    </message>
    <message>
        <source>Wait until the command before is done, or cancel it.</source>
        <translation>Warten, bis der Befehl davor fertig ist, oder ihn abbrechen.</translation>
    </message>
    <message>
        <source>Wait until the export or import under way is done, or cancel it.</source>
        <translation>Warten, bis der laufende Export oder Import fertig ist, oder ihn abbrechen.</translation>
    </message>
    <message>
        <source>Watches, bracelets, necklaces and brooches, where they are large enough to paint.</source>
        <translation>Uhren, Armbänder, Ketten und Broschen, wo sie groß genug zum Malen sind.</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>Gewicht</translation>
    </message>
    <message>
        <source>Weighted by class</source>
        <translation>Nach Klasse gewichtet</translation>
    </message>
    <message>
        <source>Weighted, and overlap</source>
        <translation>Gewichtet, mit Dice</translation>
    </message>
    <message>
        <source>Weighted: in each batch, rare classes count for more.
Adversarial: a second network learns to tell the masks painted from true ones; Pix2Pix has no other.</source>
        <translation>Gewichtet: In jedem Stapel zählen seltene Klassen mehr.
Gegnerisch: Ein zweites Netz lernt, gemalte Masken von wahren zu unterscheiden; Pix2Pix kennt nur das.</translation>
    </message>
    <message>
        <source>Weights (*.pth *.pt *.safetensors *.h5)</source>
        <translation>Gewichte (*.pth *.pt *.safetensors *.h5)</translation>
    </message>
    <message>
        <source>What another program wrote: a folder, or a PSD, JSON or Parquet file</source>
        <translation>Was ein anderes Programm geschrieben hat: ein Ordner oder eine PSD-, JSON- oder Parquet-Datei</translation>
    </message>
    <message>
        <source>What belongs to which class (@guide)</source>
        <translation>Was zu welcher Klasse gehört (@guide)</translation>
    </message>
    <message>
        <source>What lies in front wins: hair over a coat is hair, a strap over a coat is an accessory.</source>
        <translation>Was vorne liegt, gewinnt: Haare über einem Mantel sind Haare, ein Riemen über einem Mantel ist ein Accessoire.</translation>
    </message>
    <message>
        <source>What moved is cut in the middle of its blur.</source>
        <translation>Was sich bewegt hat, wird in der Mitte seiner Unschärfe getrennt.</translation>
    </message>
    <message>
        <source>What other programs write ({kinds})</source>
        <translation>Was andere Programme schreiben ({kinds})</translation>
    </message>
    <message>
        <source>What the masks count.
Painted pixels more: what a model proposed and nobody painted over counts less than a third.</source>
        <translation>Was die Masken zählen.
Gemalte Pixel mehr: Was ein Modell vorschlug und niemand übermalte, zählt weniger als ein Drittel.</translation>
    </message>
    <message>
        <source>What the network&apos;s first part, the encoder, knows at the start.
ImageNet weights: a million photos; they are installed, or fetched when the training begins.
Random weights: nothing; it then needs far more photos and far longer.</source>
        <translation>Was der erste Teil des Netzes, der Encoder, zu Beginn weiß.
ImageNet-Gewichte: eine Million Fotos; sie sind installiert oder werden zu Beginn des Trainings geholt.
Zufällige Gewichte: nichts; es braucht dann weit mehr Fotos und viel länger.</translation>
    </message>
    <message>
        <source>What the photos are grouped by, to be compared</source>
        <translation>Wonach die Fotos gruppiert und verglichen werden</translation>
    </message>
    <message>
        <source>What these colours were read from</source>
        <translation>Woraus diese Farben gelesen wurden</translation>
    </message>
    <message>
        <source>What to do with the selected photos (also by right click)</source>
        <translation>Was mit den ausgewählten Fotos geschehen soll (auch per Rechtsklick)</translation>
    </message>
    <message>
        <source>What to do with {name}</source>
        <translation>Was mit {name} geschehen soll</translation>
    </message>
    <message>
        <source>What to look at</source>
        <translation>Was anzusehen ist</translation>
    </message>
    <message>
        <source>Wheel</source>
        <translation>Mausrad</translation>
    </message>
    <message>
        <source>Wheel of hues</source>
        <translation>Farbtonrad</translation>
    </message>
    <message>
        <source>When a stroke ends, its outline moves to the photo&apos;s edges (@canvas.refine)</source>
        <translation>Am Ende eines Strichs rückt sein Umriss an die Kanten des Fotos (@canvas.refine)</translation>
    </message>
    <message>
        <source>Where photos and masks go</source>
        <translation>Wohin Fotos und Masken kommen</translation>
    </message>
    <message>
        <source>Where the data set goes</source>
        <translation>Wohin der Datensatz kommt</translation>
    </message>
    <message>
        <source>Where to compute; automatic takes the graphics card where there is one.</source>
        <translation>Wo gerechnet wird; automatisch nimmt die Grafikkarte, wo es eine gibt.</translation>
    </message>
    <message>
        <source>Which list of labels it has; change any row</source>
        <translation>Welche Label-Liste er hat; jede Zeile lässt sich ändern</translation>
    </message>
    <message>
        <source>Which photos are written, with their masks</source>
        <translation>Welche Fotos mit ihren Masken geschrieben werden</translation>
    </message>
    <message>
        <source>Who wrote it; guessed from its files</source>
        <translation>Wer ihn geschrieben hat; aus den Dateien erraten</translation>
    </message>
    <message>
        <source>Whose colours are read</source>
        <translation>Wessen Farben gelesen werden</translation>
    </message>
    <message>
        <source>Why? Enter excludes</source>
        <translation>Warum? Enter schließt aus</translation>
    </message>
    <message>
        <source>Widest gap between parts of the person</source>
        <translation>Größte Lücke zwischen Teilen der Person</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Breite</translation>
    </message>
    <message>
        <source>Work on another data set, which was in the place of {folder}, is kept in {kept} until it is back.</source>
        <translation>Die Arbeit an einem anderen Datensatz, der an der Stelle von {folder} lag, bleibt in {kept}, bis er wieder da ist.</translation>
    </message>
    <message>
        <source>Workspaces</source>
        <translation>Arbeitsbereiche</translation>
    </message>
    <message>
        <source>Worst colours first</source>
        <translation>Schlechteste Farben zuerst</translation>
    </message>
    <message>
        <source>Worst photos first</source>
        <translation>Schlechteste Fotos zuerst</translation>
    </message>
    <message>
        <source>Worst photos first again (Escape in the confusion)</source>
        <translation>Wieder die schlechtesten Fotos zuerst (Esc in den Verwechslungen)</translation>
    </message>
    <message>
        <source>Write over what is there</source>
        <translation>Vorhandenes überschreiben</translation>
    </message>
    <message>
        <source>Write the files; you can go on painting meanwhile</source>
        <translation>Die Dateien schreiben; Sie können unterdessen weitermalen</translation>
    </message>
    <message>
        <source>Your approvals and exclusions carry them; today counts those that carry them or none</source>
        <translation>Freigaben und Ausschlüsse tragen es; heute zählt, was dieses oder kein Kürzel trägt</translation>
    </message>
    <message>
        <source>Your photos will be listed here.</source>
        <translation>Hier stehen später die Fotos.</translation>
    </message>
    <message numerus="yes">
        <source>Your strokes are kept, and come back when you next open the photo(s).</source>
        <translation>
            <numerusform>Ihre Striche sind gesichert und wieder da, wenn Sie das Foto das nächste Mal öffnen.</numerusform>
            <numerusform>Ihre Striche sind gesichert und wieder da, wenn Sie diese Fotos das nächste Mal öffnen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Your strokes are safe on the disk; saving, or going on to another photo, writes the mask</source>
        <translation>Ihre Striche liegen sicher auf dem Datenträger; Speichern oder der Wechsel zu einem anderen Foto schreibt die Maske</translation>
    </message>
    <message>
        <source>ZIP files (*.zip)</source>
        <translation>ZIP-Dateien (*.zip)</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>Zoom</translation>
    </message>
    <message>
        <source>Zoom (trackpad)</source>
        <translation>Zoomen (Touchpad)</translation>
    </message>
    <message>
        <source>Zoom at the cursor</source>
        <translation>Am Zeiger zoomen</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Einzoomen</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Auszoomen</translation>
    </message>
    <message numerus="yes">
        <source>a grey point set in %Ln</source>
        <translation>
            <numerusform>Graupunkt in %Ln gesetzt</numerusform>
            <numerusform>Graupunkt in %Ln gesetzt</numerusform>
        </translation>
    </message>
    <message>
        <source>a job ({kind})</source>
        <translation>ein Auftrag ({kind})</translation>
    </message>
    <message>
        <source>a ranking of photos</source>
        <translation>eine Einordnung von Fotos</translation>
    </message>
    <message>
        <source>a training</source>
        <translation>ein Training</translation>
    </message>
    <message>
        <source>about {duration}</source>
        <translation>etwa {duration}</translation>
    </message>
    <message>
        <source>about {duration} left</source>
        <translation>noch etwa {duration}</translation>
    </message>
    <message>
        <source>accessories</source>
        <translation>Accessoires</translation>
    </message>
    <message>
        <source>active</source>
        <translation>aktiv</translation>
    </message>
    <message>
        <source>adopted as {model}</source>
        <translation>übernommen als {model}</translation>
    </message>
    <message>
        <source>an evaluation</source>
        <translation>eine Auswertung</translation>
    </message>
    <message>
        <source>another ChromaDesk</source>
        <translation>einem anderen ChromaDesk</translation>
    </message>
    <message>
        <source>another ChromaDesk ({who})</source>
        <translation>einem anderen ChromaDesk ({who})</translation>
    </message>
    <message>
        <source>approved</source>
        <translation>freigegeben</translation>
    </message>
    <message>
        <source>approved mask</source>
        <translation>freigegebene Maske</translation>
    </message>
    <message>
        <source>arranged by hand</source>
        <translation>von Hand angeordnet</translation>
    </message>
    <message>
        <source>asked for {when}</source>
        <translation>beauftragt {when}</translation>
    </message>
    <message>
        <source>assumed sRGB</source>
        <translation>kein Profil, sRGB angenommen</translation>
    </message>
    <message>
        <source>assumed sRGB: the file names no colour space</source>
        <translation>sRGB angenommen: Die Datei nennt keinen Farbraum</translation>
    </message>
    <message>
        <source>atrous pooling and a decoder; encoder resnet50, or lite0 to lite2</source>
        <translation>gedehntes Pooling und ein Decoder; Encoder resnet50 oder lite0 bis lite2</translation>
    </message>
    <message>
        <source>background</source>
        <translation>Hintergrund</translation>
    </message>
    <message>
        <source>beige</source>
        <comment>colour</comment>
        <translation>Beige</translation>
    </message>
    <message>
        <source>black</source>
        <comment>colour</comment>
        <translation>Schwarz</translation>
    </message>
    <message>
        <source>blue</source>
        <comment>colour</comment>
        <translation>Blau</translation>
    </message>
    <message>
        <source>blush</source>
        <comment>colour</comment>
        <translation>Zartrosa</translation>
    </message>
    <message>
        <source>brand</source>
        <translation>Marke</translation>
    </message>
    <message>
        <source>brown</source>
        <comment>colour</comment>
        <translation>Braun</translation>
    </message>
    <message>
        <source>bundled</source>
        <translation>mitgeliefert</translation>
    </message>
    <message>
        <source>burgundy</source>
        <comment>colour</comment>
        <translation>Burgunder</translation>
    </message>
    <message>
        <source>camel</source>
        <comment>colour</comment>
        <translation>Camel</translation>
    </message>
    <message>
        <source>caramel</source>
        <comment>colour</comment>
        <translation>Karamell</translation>
    </message>
    <message>
        <source>careful</source>
        <translation>sorgfältig</translation>
    </message>
    <message>
        <source>change</source>
        <translation>Diff.</translation>
    </message>
    <message>
        <source>charcoal</source>
        <comment>colour</comment>
        <translation>Anthrazit</translation>
    </message>
    <message>
        <source>chroma to the right, lightness upwards</source>
        <translation>Buntheit nach rechts, Helligkeit nach oben</translation>
    </message>
    <message>
        <source>clear the grey point</source>
        <translation>Graupunkt aufheben</translation>
    </message>
    <message>
        <source>clothes</source>
        <translation>Kleidung</translation>
    </message>
    <message>
        <source>comparing photos</source>
        <translation>Fotos werden verglichen</translation>
    </message>
    <message>
        <source>comparing with the old model</source>
        <translation>Vergleich mit dem alten Modell</translation>
    </message>
    <message>
        <source>coral</source>
        <comment>colour</comment>
        <translation>Koralle</translation>
    </message>
    <message>
        <source>cream</source>
        <comment>colour</comment>
        <translation>Creme</translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <translation>d. MMM yyyy</translation>
    </message>
    <message>
        <source>dark brown</source>
        <comment>colour</comment>
        <translation>Dunkelbraun</translation>
    </message>
    <message>
        <source>dark grey</source>
        <comment>colour</comment>
        <translation>Dunkelgrau</translation>
    </message>
    <message>
        <source>denim</source>
        <comment>colour</comment>
        <translation>Jeansblau</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>done in {time}</source>
        <translation>fertig in {time}</translation>
    </message>
    <message>
        <source>dusty rose</source>
        <comment>colour</comment>
        <translation>Altrosa</translation>
    </message>
    <message>
        <source>each colour to the nearest of the other, shares aside</source>
        <translation>jede Farbe zur nächsten der anderen, ohne Anteile</translation>
    </message>
    <message>
        <source>each step</source>
        <translation>jeder Schritt</translation>
    </message>
    <message>
        <source>earth mover&apos;s distance</source>
        <translation>Earth Mover’s Distance</translation>
    </message>
    <message>
        <source>edited</source>
        <translation>bearbeitet</translation>
    </message>
    <message>
        <source>edited mask, not approved</source>
        <translation>bearbeitete Maske, nicht freigegeben</translation>
    </message>
    <message>
        <source>epoch</source>
        <translation>Epoche</translation>
    </message>
    <message>
        <source>epoch {epoch} of {epochs}</source>
        <translation>Epoche {epoch} von {epochs}</translation>
    </message>
    <message>
        <source>epoch · photos stretched</source>
        <translation>Epoche · Fotos gestreckt</translation>
    </message>
    <message>
        <source>espresso</source>
        <comment>colour</comment>
        <translation>Espresso</translation>
    </message>
    <message>
        <source>every mask approved</source>
        <translation>jede Maske freigegeben</translation>
    </message>
    <message>
        <source>excluded</source>
        <translation>ausgeschlossen</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>gescheitert</translation>
    </message>
    <message>
        <source>falling</source>
        <translation>fallend</translation>
    </message>
    <message>
        <source>fast</source>
        <translation>schnell</translation>
    </message>
    <message>
        <source>five classes</source>
        <translation>fünf Klassen</translation>
    </message>
    <message>
        <source>folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>forest green</source>
        <comment>colour</comment>
        <translation>Waldgrün</translation>
    </message>
    <message>
        <source>from scratch</source>
        <translation>von Grund auf</translation>
    </message>
    <message>
        <source>from {model}</source>
        <translation>aus {model}</translation>
    </message>
    <message>
        <source>fuchsia</source>
        <comment>colour</comment>
        <translation>Fuchsia</translation>
    </message>
    <message>
        <source>gaps to {0} px</source>
        <translation>Lücken bis {0} px</translation>
    </message>
    <message>
        <source>go back to the colours found</source>
        <translation>zurück zu den gefundenen Farben</translation>
    </message>
    <message>
        <source>green</source>
        <comment>colour</comment>
        <translation>Grün</translation>
    </message>
    <message>
        <source>grey</source>
        <comment>colour</comment>
        <translation>Grau</translation>
    </message>
    <message>
        <source>grey point set</source>
        <translation>Graupunkt gesetzt</translation>
    </message>
    <message>
        <source>hair</source>
        <translation>Haare</translation>
    </message>
    <message>
        <source>has a hue</source>
        <translation>mit Farbton</translation>
    </message>
    <message>
        <source>ignored: takes the nearest class</source>
        <translation>übergangen: nimmt die nächstliegende Klasse</translation>
    </message>
    <message>
        <source>it ended with the code {code}</source>
        <translation>es endete mit dem Code {code}</translation>
    </message>
    <message>
        <source>ivory</source>
        <comment>colour</comment>
        <translation>Elfenbein</translation>
    </message>
    <message>
        <source>join {name} again</source>
        <translation>{name} wieder vereinen</translation>
    </message>
    <message>
        <source>kept for testing</source>
        <translation>für Tests zurückgehalten</translation>
    </message>
    <message>
        <source>khaki</source>
        <comment>colour</comment>
        <translation>Khaki</translation>
    </message>
    <message>
        <source>lavender</source>
        <comment>colour</comment>
        <translation>Lavendel</translation>
    </message>
    <message>
        <source>light blue</source>
        <comment>colour</comment>
        <translation>Hellblau</translation>
    </message>
    <message>
        <source>light grey</source>
        <comment>colour</comment>
        <translation>Hellgrau</translation>
    </message>
    <message>
        <source>lime</source>
        <comment>colour</comment>
        <translation>Limette</translation>
    </message>
    <message>
        <source>lock a colour</source>
        <translation>Farbe sperren</translation>
    </message>
    <message>
        <source>locked</source>
        <translation>gesperrt</translation>
    </message>
    <message>
        <source>mIoU AFTER EACH EPOCH</source>
        <translation>mIoU NACH JEDER EPOCHE</translation>
    </message>
    <message>
        <source>mIoU of each version</source>
        <translation>mIoU jeder Version</translation>
    </message>
    <message>
        <source>mIoU over five classes {old} → {new}</source>
        <translation>mIoU über fünf Klassen {old} → {new}</translation>
    </message>
    <message>
        <source>mIoU {new}</source>
        <translation>mIoU {new}</translation>
    </message>
    <message>
        <source>mIoU {old} → {new}</source>
        <translation>mIoU {old} → {new}</translation>
    </message>
    <message>
        <source>mIoU, FIVE CLASSES AND WITHOUT BACKGROUND</source>
        <translation>mIoU, FÜNF KLASSEN UND OHNE HINTERGRUND</translation>
    </message>
    <message>
        <source>mask hidden, Q shows it</source>
        <translation>Maske ausgeblendet, Q zeigt sie</translation>
    </message>
    <message>
        <source>masks you edited or approved stay as they are</source>
        <translation>bearbeitete und freigegebene Masken bleiben, wie sie sind</translation>
    </message>
    <message>
        <source>mauve</source>
        <comment>colour</comment>
        <translation>Mauve</translation>
    </message>
    <message>
        <source>merge two colours</source>
        <translation>zwei Farben verschmelzen</translation>
    </message>
    <message>
        <source>midnight blue</source>
        <comment>colour</comment>
        <translation>Nachtblau</translation>
    </message>
    <message>
        <source>mint</source>
        <comment>colour</comment>
        <translation>Mint</translation>
    </message>
    <message>
        <source>mocha</source>
        <comment>colour</comment>
        <translation>Mokka</translation>
    </message>
    <message>
        <source>month</source>
        <translation>Monat</translation>
    </message>
    <message>
        <source>more →</source>
        <translation>mehr →</translation>
    </message>
    <message>
        <source>move a colour</source>
        <translation>Farbe verschieben</translation>
    </message>
    <message>
        <source>mushroom</source>
        <comment>colour</comment>
        <translation>Pilzgrau</translation>
    </message>
    <message>
        <source>mustard</source>
        <comment>colour</comment>
        <translation>Senf</translation>
    </message>
    <message>
        <source>name a colour</source>
        <translation>Farbe benennen</translation>
    </message>
    <message>
        <source>navy</source>
        <comment>colour</comment>
        <translation>Marineblau</translation>
    </message>
    <message>
        <source>new</source>
        <translation>neu</translation>
    </message>
    <message>
        <source>no grey point set</source>
        <translation>kein Graupunkt gesetzt</translation>
    </message>
    <message>
        <source>no mask yet</source>
        <translation>noch keine Maske</translation>
    </message>
    <message>
        <source>no sign of life</source>
        <translation>kein Lebenszeichen</translation>
    </message>
    <message>
        <source>nobody found</source>
        <translation>niemand gefunden</translation>
    </message>
    <message>
        <source>not active</source>
        <translation>nicht aktiv</translation>
    </message>
    <message>
        <source>not decided</source>
        <translation>nicht entschieden</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>nicht gefunden</translation>
    </message>
    <message>
        <source>not kept: no disk takes it</source>
        <translation>nicht gesichert: kein Datenträger nimmt es an</translation>
    </message>
    <message>
        <source>not now</source>
        <translation>jetzt nicht</translation>
    </message>
    <message>
        <source>not saved: {reason}</source>
        <translation>nicht gespeichert: {reason}</translation>
    </message>
    <message>
        <source>not sure</source>
        <translation>nicht sicher</translation>
    </message>
    <message>
        <source>of your own depth and width</source>
        <translation>mit eigener Tiefe und Breite</translation>
    </message>
    <message>
        <source>off-black</source>
        <comment>colour</comment>
        <translation>Mattschwarz</translation>
    </message>
    <message>
        <source>olive</source>
        <comment>colour</comment>
        <translation>Oliv</translation>
    </message>
    <message>
        <source>only in Paint, once a save has replaced another mask of the photo</source>
        <translation>nur unter Malen, sobald beim Speichern eine andere Maske des Fotos ersetzt wurde</translation>
    </message>
    <message>
        <source>only in Paint, with a folder open</source>
        <translation>nur unter Malen, mit offenem Ordner</translation>
    </message>
    <message>
        <source>only in Paint, with a photo open</source>
        <translation>nur unter Malen, mit offenem Foto</translation>
    </message>
    <message>
        <source>open a folder first</source>
        <translation>zuerst einen Ordner öffnen</translation>
    </message>
    <message>
        <source>open a photo first</source>
        <translation>zuerst ein Foto öffnen</translation>
    </message>
    <message>
        <source>opening {listing}…</source>
        <translation>{listing} wird geöffnet…</translation>
    </message>
    <message>
        <source>opening {opening}…</source>
        <translation>{opening} wird geöffnet…</translation>
    </message>
    <message>
        <source>orange</source>
        <comment>colour</comment>
        <translation>Orange</translation>
    </message>
    <message>
        <source>outlines only, F fills them</source>
        <translation>nur Umrisse, F füllt sie</translation>
    </message>
    <message>
        <source>over {name} only</source>
        <translation>nur über {name}</translation>
    </message>
    <message>
        <source>oxblood</source>
        <comment>colour</comment>
        <translation>Ochsenblut</translation>
    </message>
    <message>
        <source>peach</source>
        <comment>colour</comment>
        <translation>Pfirsich</translation>
    </message>
    <message>
        <source>photo excluded</source>
        <translation>Foto ausgeschlossen</translation>
    </message>
    <message>
        <source>photos</source>
        <translation>Fotos</translation>
    </message>
    <message>
        <source>pick a colour</source>
        <translation>Farbe aufnehmen</translation>
    </message>
    <message>
        <source>picked by hand</source>
        <translation>von Hand aufgenommen</translation>
    </message>
    <message>
        <source>pine</source>
        <comment>colour</comment>
        <translation>Tannengrün</translation>
    </message>
    <message>
        <source>pink</source>
        <comment>colour</comment>
        <translation>Rosa</translation>
    </message>
    <message>
        <source>plum</source>
        <comment>colour</comment>
        <translation>Pflaume</translation>
    </message>
    <message>
        <source>proposed</source>
        <translation>vorgeschlagen</translation>
    </message>
    <message>
        <source>proposed mask, not approved</source>
        <translation>vorgeschlagene Maske, nicht freigegeben</translation>
    </message>
    <message>
        <source>purple</source>
        <comment>colour</comment>
        <translation>Violett</translation>
    </message>
    <message>
        <source>read-only folder: kept on this computer</source>
        <translation>Ordner schreibgeschützt: auf diesem Rechner gesichert</translation>
    </message>
    <message>
        <source>read-only: also open in another ChromaDesk</source>
        <translation>nur lesbar: auch in einem anderen ChromaDesk geöffnet</translation>
    </message>
    <message>
        <source>read-only: the other ChromaDesk is gone</source>
        <translation>nur lesbar: das andere ChromaDesk ist beendet</translation>
    </message>
    <message>
        <source>red</source>
        <comment>colour</comment>
        <translation>Rot</translation>
    </message>
    <message>
        <source>remove a colour</source>
        <translation>Farbe entfernen</translation>
    </message>
    <message>
        <source>rename {name}</source>
        <translation>{name} umbenennen</translation>
    </message>
    <message>
        <source>rising</source>
        <translation>steigend</translation>
    </message>
    <message>
        <source>royal blue</source>
        <comment>colour</comment>
        <translation>Königsblau</translation>
    </message>
    <message>
        <source>rust</source>
        <comment>colour</comment>
        <translation>Rost</translation>
    </message>
    <message>
        <source>sage</source>
        <comment>colour</comment>
        <translation>Salbei</translation>
    </message>
    <message>
        <source>sand</source>
        <comment>colour</comment>
        <translation>Sand</translation>
    </message>
    <message>
        <source>season</source>
        <translation>Saison</translation>
    </message>
    <message>
        <source>see the Model workspace (@show_model)</source>
        <translation>siehe den Arbeitsbereich Modell (@show_model)</translation>
    </message>
    <message>
        <source>set at row {row}, column {column}</source>
        <translation>gesetzt in Zeile {row}, Spalte {column}</translation>
    </message>
    <message>
        <source>set the grey point</source>
        <translation>Graupunkt setzen</translation>
    </message>
    <message>
        <source>shadows lifted, O ends it</source>
        <translation>Tiefen aufgehellt, O beendet es</translation>
    </message>
    <message>
        <source>silver</source>
        <comment>colour</comment>
        <translation>Silber</translation>
    </message>
    <message>
        <source>since {when}</source>
        <translation>seit {when}</translation>
    </message>
    <message>
        <source>skin</source>
        <translation>Haut</translation>
    </message>
    <message>
        <source>slate</source>
        <comment>colour</comment>
        <translation>Schiefer</translation>
    </message>
    <message>
        <source>smoothed</source>
        <translation>geglättet</translation>
    </message>
    <message>
        <source>split a colour</source>
        <translation>Farbe teilen</translation>
    </message>
    <message>
        <source>split off {name}</source>
        <translation>{name} abtrennen</translation>
    </message>
    <message>
        <source>standard</source>
        <translation>Standard</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>startet</translation>
    </message>
    <message>
        <source>steel blue</source>
        <comment>colour</comment>
        <translation>Stahlblau</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>gestoppt</translation>
    </message>
    <message numerus="yes">
        <source>stopped after %n whole epoch(s)</source>
        <translation>
            <numerusform>gestoppt nach %n ganzen Epoche</numerusform>
            <numerusform>gestoppt nach %n ganzen Epochen</numerusform>
        </translation>
    </message>
    <message>
        <source>stopped after {time}</source>
        <translation>gestoppt nach {time}</translation>
    </message>
    <message>
        <source>stopping after this step</source>
        <translation>stoppt nach diesem Schritt</translation>
    </message>
    <message>
        <source>stretched as in the paper</source>
        <translation>gestreckt wie im Fachartikel</translation>
    </message>
    <message>
        <source>strided 4x4 convolutions down, transposed up; {sizes}</source>
        <translation>abwärts 4x4-Faltungen mit Schrittweite, aufwärts transponierte; {sizes}</translation>
    </message>
    <message>
        <source>tag</source>
        <translation>Schlagwort</translation>
    </message>
    <message>
        <source>taken for</source>
        <translation>gehalten für</translation>
    </message>
    <message>
        <source>tan</source>
        <comment>colour</comment>
        <translation>Hellbraun</translation>
    </message>
    <message>
        <source>taupe</source>
        <comment>colour</comment>
        <translation>Taupe</translation>
    </message>
    <message>
        <source>teal</source>
        <comment>colour</comment>
        <translation>Petrol</translation>
    </message>
    <message>
        <source>terracotta</source>
        <comment>colour</comment>
        <translation>Terrakotta</translation>
    </message>
    <message>
        <source>the best epoch was {best} of {epochs}</source>
        <translation>die beste Epoche war {best} von {epochs}</translation>
    </message>
    <message>
        <source>the disk cannot be written</source>
        <translation>auf den Datenträger kann nicht geschrieben werden</translation>
    </message>
    <message>
        <source>the disk is full</source>
        <translation>der Datenträger ist voll</translation>
    </message>
    <message>
        <source>the folder is read-only</source>
        <translation>der Ordner ist schreibgeschützt</translation>
    </message>
    <message>
        <source>the folder {folder} is gone</source>
        <translation>der Ordner {folder} ist weg</translation>
    </message>
    <message>
        <source>the {count} that show most of it</source>
        <translation>gezeigt werden die {count} mit dem größten Anteil</translation>
    </message>
    <message numerus="yes">
        <source>then stopped; %Ln were left</source>
        <translation>
            <numerusform>dann gestoppt; %Ln blieb übrig</numerusform>
            <numerusform>dann gestoppt; %Ln blieben übrig</numerusform>
        </translation>
    </message>
    <message>
        <source>then stopped; the same import goes on</source>
        <translation>dann gestoppt; derselbe Import macht weiter</translation>
    </message>
    <message>
        <source>today</source>
        <translation>heute</translation>
    </message>
    <message>
        <source>torchvision&apos;s deeplabv3_resnet50, which the authors&apos; public code calls DeepLabV3+</source>
        <translation>deeplabv3_resnet50 aus torchvision, das der öffentliche Code der Autoren DeepLabV3+ nennt</translation>
    </message>
    <message>
        <source>torchvision&apos;s lraspp_mobilenet_v3_large: MobileNetV3 with a gated pooling branch</source>
        <translation>lraspp_mobilenet_v3_large aus torchvision: MobileNetV3 mit einem gesteuerten Pooling-Zweig</translation>
    </message>
    <message numerus="yes">
        <source>trained on %Ln photo(s)</source>
        <translation>
            <numerusform>trainiert mit %Ln Foto</numerusform>
            <numerusform>trainiert mit %Ln Fotos</numerusform>
        </translation>
    </message>
    <message>
        <source>truth</source>
        <translation>Wahrheit</translation>
    </message>
    <message>
        <source>turquoise</source>
        <comment>colour</comment>
        <translation>Türkis</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>unlock a colour</source>
        <translation>Farbe entsperren</translation>
    </message>
    <message>
        <source>unnamed profile</source>
        <translation>Profil ohne Namen</translation>
    </message>
    <message>
        <source>unusable profile, assumed sRGB</source>
        <translation>unbrauchbares Profil, sRGB angenommen</translation>
    </message>
    <message>
        <source>up to {0} × {0} px</source>
        <translation>bis {0} × {0} px</translation>
    </message>
    <message>
        <source>w/o Null</source>
        <translation>o. Hgr.</translation>
    </message>
    <message>
        <source>white</source>
        <comment>colour</comment>
        <translation>Weiß</translation>
    </message>
    <message>
        <source>with a note</source>
        <translation>mit Notiz</translation>
    </message>
    <message>
        <source>without background</source>
        <translation>ohne Hintergrund</translation>
    </message>
    <message>
        <source>year</source>
        <translation>Jahr</translation>
    </message>
    <message>
        <source>yellow</source>
        <comment>colour</comment>
        <translation>Gelb</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>gestern</translation>
    </message>
    <message>
        <source>{0} px</source>
        <translation>{0} px</translation>
    </message>
    <message>
        <source>{about} · stopping after this step</source>
        <translation>{about} · stoppt nach diesem Schritt</translation>
    </message>
    <message>
        <source>{approved} of {photos} approved, {when}</source>
        <translation>{approved} von {photos} freigegeben, {when}</translation>
    </message>
    <message>
        <source>{approved} of {photos} photos approved</source>
        <translation>{approved} von {photos} Fotos freigegeben</translation>
    </message>
    <message>
        <source>{book}: {entry}, ΔE {away}</source>
        <translation>{book}: {entry}, ΔE {away}</translation>
    </message>
    <message>
        <source>{colour}: {before} before, {after} after, {verdict}; the change lies between {low} and {high} points</source>
        <translation>{colour}: vorher {before}, nachher {after}, {verdict}; die Änderung liegt zwischen {low} und {high} Punkten</translation>
    </message>
    <message>
        <source>{command} has that key now; change it first.</source>
        <translation>„{command}“ hat diese Taste jetzt; zuerst die ändern.</translation>
    </message>
    <message>
        <source>{command} is a key of the canvas: choose a single letter, digit or sign.</source>
        <translation>„{command}“ ist eine Taste der Leinwand: einen einzelnen Buchstaben, eine Ziffer oder ein Zeichen wählen.</translation>
    </message>
    <message>
        <source>{command}: {key}; change it</source>
        <translation>{command}: {key}; ändern</translation>
    </message>
    <message>
        <source>{corrected} corrected by you, learned from more often</source>
        <translation>{corrected} von Hand korrigiert, daraus wird öfter gelernt</translation>
    </message>
    <message>
        <source>{count} assumed sRGB</source>
        <translation>{count} als sRGB angenommen</translation>
    </message>
    <message>
        <source>{count} million pixels</source>
        <translation>{count} Millionen Pixel</translation>
    </message>
    <message>
        <source>{count} pixels</source>
        <translation>{count} Pixel</translation>
    </message>
    <message>
        <source>{count} px change</source>
        <translation>{count} px ändern sich</translation>
    </message>
    <message>
        <source>{count} waiting</source>
        <translation>{count} wartend</translation>
    </message>
    <message>
        <source>{depth} halvings, {width} channels at first</source>
        <translation>{depth} Halbierungen, zuerst {width} Kanäle</translation>
    </message>
    <message>
        <source>{device}, {used} of {total} GB in use</source>
        <translation>{device}, {used} von {total} GB belegt</translation>
    </message>
    <message>
        <source>{does} next</source>
        <translation>Als Nächstes: {does}</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} von {total}</translation>
    </message>
    <message>
        <source>{done}, then stopped; {left}</source>
        <translation>{done}, dann gestoppt; {left}</translation>
    </message>
    <message>
        <source>{error} Your strokes on {photo} are kept, and come back when you open it.</source>
        <translation>{error} Ihre Striche auf {photo} sind gesichert und wieder da, wenn Sie es öffnen.</translation>
    </message>
    <message>
        <source>{figures}; its epoch was chosen on these photos too, which flatters it a little</source>
        <translation>{figures}; auch seine Epoche wurde an diesen Fotos gewählt, was ihm etwas schmeichelt</translation>
    </message>
    <message>
        <source>{folder} has no split yet, so all its photos with approved masks ({number}) stand in for test photos.</source>
        <translation>{folder} ist noch nicht in Training und Tests geteilt; darum dienen alle Fotos mit freigegebener Maske ({number}) als Testfotos.</translation>
    </message>
    <message>
        <source>{folder} is not empty: choose another name, or write over what is there.</source>
        <translation>{folder} ist nicht leer: einen anderen Namen wählen oder Vorhandenes überschreiben.</translation>
    </message>
    <message>
        <source>{folder} may be a copy of {other}, which is gone and of which work is kept in {kept}; if it is the same, close ChromaDesk, move what is in there to {own} and open it again.</source>
        <translation>{folder} könnte eine Kopie von {other} sein, das nicht mehr da ist und dessen Arbeit in {kept} liegt; ist es derselbe Datensatz: ChromaDesk schließen, den Inhalt nach {own} verschieben und erneut öffnen.</translation>
    </message>
    <message>
        <source>{folder} was not found</source>
        <translation>{folder} wurde nicht gefunden</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours} h {minutes} min</translation>
    </message>
    <message>
        <source>{jobs} are running.</source>
        <translation>{jobs} laufen.</translation>
    </message>
    <message>
        <source>{job} is running.</source>
        <translation>{job} läuft.</translation>
    </message>
    <message>
        <source>{key} (also {others})</source>
        <translation>{key} (auch {others})</translation>
    </message>
    <message>
        <source>{key} is not in the open data set; it may have been moved or renamed.</source>
        <translation>{key} ist nicht im geöffneten Datensatz; vielleicht wurde es verschoben oder umbenannt.</translation>
    </message>
    <message>
        <source>{mask} cannot be read, so {name} was not approved; open it.</source>
        <translation>{mask} ist nicht lesbar, daher wurde {name} nicht freigegeben; das Foto öffnen.</translation>
    </message>
    <message>
        <source>{mask} could not be read and was left as it is; your strokes on {photo} are kept and come back when you open it.</source>
        <translation>{mask} war nicht lesbar und blieb, wie es ist; die Striche auf {photo} sind gesichert und kommen beim Öffnen zurück.</translation>
    </message>
    <message>
        <source>{mask} could not be read. Replace it with the mask shown here?</source>
        <translation>{mask} war nicht lesbar. Durch die hier gezeigte Maske ersetzen?</translation>
    </message>
    <message>
        <source>{mask} is gone, though {photo} was painted; put it back before you paint on.</source>
        <translation>{mask} fehlt, obwohl {photo} bemalt wurde; vor dem Weitermalen zurücklegen.</translation>
    </message>
    <message>
        <source>{mask} was changed by another program, and you have painted on it.</source>
        <translation>{mask} wurde von einem anderen Programm geändert, und Sie haben darauf gemalt.</translation>
    </message>
    <message>
        <source>{mask} was changed by another program. Both masks are kept in {folder}; your strokes on {photo} come back when you open it.</source>
        <translation>{mask} wurde von einem anderen Programm geändert. Beide Masken liegen in {folder}; Ihre Striche auf {photo} sind wieder da, wenn Sie es öffnen.</translation>
    </message>
    <message>
        <source>{mask} was changed by another program; this is how it is now.</source>
        <translation>{mask} wurde von einem anderen Programm geändert; so ist sie jetzt.</translation>
    </message>
    <message>
        <source>{mask} was changed outside ChromaDesk; your unsaved strokes were put on top of it.</source>
        <translation>{mask} wurde außerhalb von ChromaDesk geändert; Ihre nicht gespeicherten Striche liegen nun darüber.</translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation>{minutes} min</translation>
    </message>
    <message>
        <source>{models} was trained on {seen} of these {total} photos (hollow in the chart), which makes its score too good.</source>
        <translation>{models} wurde mit {seen} dieser {total} Fotos trainiert (hohl im Diagramm), daher ist der Wert zu gut.</translation>
    </message>
    <message>
        <source>{models} were trained on {seen} of these {total} photos (hollow in the chart), which makes their scores too good.</source>
        <translation>{models} wurden mit {seen} dieser {total} Fotos trainiert (hohl im Diagramm), daher sind die Werte zu gut.</translation>
    </message>
    <message>
        <source>{model} on {photos}, {size}</source>
        <translation>{model} an {photos}, {size}</translation>
    </message>
    <message>
        <source>{model} predicts</source>
        <translation>{model} macht die Vorschläge</translation>
    </message>
    <message>
        <source>{names} locked</source>
        <translation>{names} gesperrt</translation>
    </message>
    <message>
        <source>{name} (locked)</source>
        <translation>{name} (gesperrt)</translation>
    </message>
    <message>
        <source>{name} cannot be written. You can paint all the same: your strokes are kept on this computer, and saved when the folder can be written again.</source>
        <translation>In {name} kann nicht geschrieben werden. Malen können Sie trotzdem: Ihre Striche werden auf diesem Rechner gesichert und gespeichert, sobald der Ordner wieder beschreibbar ist.</translation>
    </message>
    <message>
        <source>{name} has another size than its prediction; was it changed? Open it again.</source>
        <translation>{name} hat eine andere Größe als der Vorschlag dazu; wurde es geändert? Noch einmal öffnen.</translation>
    </message>
    <message>
        <source>{name} is also open in {other}, which may change it. Here you can look, compare and export.</source>
        <translation>{name} ist auch in {other} geöffnet, das es ändern darf. Hier können Sie ansehen, vergleichen und exportieren.</translation>
    </message>
    <message>
        <source>{name} is for training again, once it is approved.</source>
        <translation>{name} dient wieder dem Training, sobald es freigegeben ist.</translation>
    </message>
    <message>
        <source>{name} is kept for testing: no training sees it from now on.</source>
        <translation>{name} ist für Tests zurückgehalten: Ab jetzt sieht es kein Training mehr.</translation>
    </message>
    <message>
        <source>{name} is locked</source>
        <translation>Gesperrt: {name}</translation>
    </message>
    <message>
        <source>{name} is no photo; drop JPEG, PNG, TIFF, WebP, HEIC or RAW files, or a folder.</source>
        <translation>{name} ist kein Foto; Dateien vom Typ JPEG, PNG, TIFF, WebP, HEIC oder RAW oder einen Ordner herziehen.</translation>
    </message>
    <message>
        <source>{name} is saved: versions, checks, logs and settings, without photos, masks, notes or names. Look into it before you hand it on.</source>
        <translation>{name} ist gespeichert: Versionen, Prüfungen, Protokolle und Einstellungen, ohne Fotos, Masken, Notizen und Namen. Vor dem Weitergeben hineinsehen.</translation>
    </message>
    <message>
        <source>{name} is written.</source>
        <translation>{name} ist geschrieben.</translation>
    </message>
    <message>
        <source>{name} is written. Paint in the layers of its group “Mask”, save it, and bring it back.</source>
        <translation>{name} ist geschrieben. In den Ebenen der Gruppe „Mask“ malen, speichern und zurückholen.</translation>
    </message>
    <message>
        <source>{name} missed</source>
        <translation>{name} verfehlt</translation>
    </message>
    <message>
        <source>{name} taken for {other}</source>
        <translation>{name} für {other} gehalten</translation>
    </message>
    <message>
        <source>{name} was opened for editing in {other}; from now on it is read-only here. Strokes that were not saved are in their journal.</source>
        <translation>{name} wurde in {other} zum Bearbeiten geöffnet; hier ist es ab jetzt nur lesbar. Nicht gespeicherte Striche liegen in ihrem Journal.</translation>
    </message>
    <message>
        <source>{name} was saved by another program.</source>
        <translation>{name} wurde von einem anderen Programm gespeichert.</translation>
    </message>
    <message>
        <source>{name} – ChromaDesk</source>
        <translation>{name} – ChromaDesk</translation>
    </message>
    <message>
        <source>{name}, the rest</source>
        <translation>{name}, der Rest</translation>
    </message>
    <message>
        <source>{name}, {hex}, {share} %</source>
        <translation>{name}, {hex}, {share} %</translation>
    </message>
    <message>
        <source>{nbytes} of {budget} MB</source>
        <translation>{nbytes} von {budget} MB</translation>
    </message>
    <message>
        <source>{network} starts from random weights, not from ImageNet&apos;s; expect less of it.</source>
        <translation>{network} beginnt mit zufälligen Gewichten statt mit denen von ImageNet; weniger davon erwarten.</translation>
    </message>
    <message>
        <source>{number} classes locked</source>
        <translation>{number} Klassen gesperrt</translation>
    </message>
    <message>
        <source>{number} of {total} photos (such as {photo}) will not be trained on, since each of these is a test photo too, or nearly the same as one.</source>
        <translation>{number} von {total} Fotos (etwa {photo}) bleiben dem Training fern, weil jedes auch ein Testfoto oder fast dasselbe wie eines ist.</translation>
    </message>
    <message>
        <source>{number} of {total} photos here were in the training of {model}: its scores are too good.</source>
        <translation>{number} von {total} Fotos hier waren im Training von {model}: Seine Werte sind zu gut.</translation>
    </message>
    <message>
        <source>{number} of {total} test photos were in the training of {model}, which this one starts from: its scores are too good.</source>
        <translation>{number} von {total} Testfotos waren im Training von {model}, von dem dieses ausgeht: Seine Werte sind zu gut.</translation>
    </message>
    <message>
        <source>{number} photos that this training began with may not teach any more; it goes on without them.</source>
        <translation>{number} Fotos, mit denen dieses Training begann, dürfen nicht mehr lehren; es geht ohne sie weiter.</translation>
    </message>
    <message>
        <source>{number} pixels of {mask} have none of the five colours; each got the nearest one. Save to keep it so.</source>
        <translation>{number} Pixel von {mask} haben keine der fünf Farben; jedes bekam die nächste. Speichern Sie, damit es so bleibt.</translation>
    </message>
    <message>
        <source>{number} test photos</source>
        <translation>{number} Testfotos</translation>
    </message>
    <message>
        <source>{one} and {two}: {value} ΔE00 apart; chance alone makes up to {chance}</source>
        <translation>{one} und {two}: {value} ΔE00 auseinander; Zufall allein macht bis zu {chance}</translation>
    </message>
    <message>
        <source>{one} or {other}?</source>
        <translation>{one} oder {other}?</translation>
    </message>
    <message>
        <source>{outcome}, adopted as {model}</source>
        <translation>{outcome}, übernommen als {model}</translation>
    </message>
    <message>
        <source>{out} holds the masks themselves; choose another folder for the copies.</source>
        <translation>{out} enthält die Masken selbst; für die Kopien einen anderen Ordner wählen.</translation>
    </message>
    <message>
        <source>{path} is damaged or cut short ({reason}); bring back an earlier mask, or paint it anew.</source>
        <translation>{path} ist beschädigt oder abgeschnitten ({reason}); holen Sie eine frühere Maske zurück oder malen Sie sie neu.</translation>
    </message>
    <message>
        <source>{path} is empty (zero bytes); bring back an earlier mask, or paint it anew.</source>
        <translation>{path} ist leer (null Byte); holen Sie eine frühere Maske zurück oder malen Sie sie neu.</translation>
    </message>
    <message>
        <source>{path} is not a mask in the five class colours: {share} % of its pixels are neither a class colour nor a blend of two (at most {most} % may be); export it with the data set&apos;s palette.</source>
        <translation>{path} ist keine Maske in den fünf Klassenfarben: {share} % der Pixel sind weder eine Klassenfarbe noch eine Mischung aus zweien (höchstens {most} % dürfen es sein); exportieren Sie sie mit der Palette des Datensatzes.</translation>
    </message>
    <message>
        <source>{path} is {size} pixels, but its photo is {other}; export the mask at the photo&apos;s size.</source>
        <translation>{path} hat {size} Pixel, das Foto aber {other}; exportieren Sie die Maske in der Größe des Fotos.</translation>
    </message>
    <message>
        <source>{path} may not be read; check the permissions of the file.</source>
        <translation>{path} darf nicht gelesen werden; prüfen Sie die Rechte der Datei.</translation>
    </message>
    <message>
        <source>{photo} has another size than when it was painted; its unsaved strokes were not brought back</source>
        <translation>{photo} hat eine andere Größe als beim Malen; die nicht gespeicherten Striche wurden nicht zurückgeholt</translation>
    </message>
    <message>
        <source>{photo} is gone; bring its drive or folder back and open it again.</source>
        <translation>{photo} ist nicht mehr da; Laufwerk oder Ordner zurückbringen und erneut öffnen.</translation>
    </message>
    <message>
        <source>{photo}. Click to open it in Paint.</source>
        <translation>{photo}. Klicken öffnet es unter Malen.</translation>
    </message>
    <message>
        <source>{photo}: {share} % of it. Click to open it in Paint.</source>
        <translation>{photo}: {share} % davon. Klicken öffnet es unter Malen.</translation>
    </message>
    <message>
        <source>{photo}: {what}. Click to open it in Paint.</source>
        <translation>{photo}: {what}. Klick öffnet es unter Malen.</translation>
    </message>
    <message>
        <source>{pixels} of locked classes stayed as they are.</source>
        <translation>{pixels} von gesperrten Klassen blieben, wie sie sind.</translation>
    </message>
    <message>
        <source>{pixels} pixels lie in two classes, between {left}, {top} and {right}, {bottom}.</source>
        <translation>{pixels} Pixel liegen in zwei Klassen, zwischen {left}, {top} und {right}, {bottom}.</translation>
    </message>
    <message>
        <source>{pixels} pixels, {share} % of it: {what}</source>
        <translation>{pixels} Pixel, {share} % davon: {what}</translation>
    </message>
    <message>
        <source>{quality} quality</source>
        <translation>Qualität: {quality}</translation>
    </message>
    <message>
        <source>{reason} ({score} % doubt)</source>
        <translation>{reason} ({score} % Zweifel)</translation>
    </message>
    <message>
        <source>{rising} rise, {falling} fall; of the others nobody can be sure: their interval (95 %) includes zero.</source>
        <translation>{rising} steigen, {falling} fallen; bei den anderen ist es unsicher: Ihr Intervall (95 %) schließt null ein.</translation>
    </message>
    <message>
        <source>{rule}. Set by the locks beside the classes; Alt-click: paint over one only</source>
        <translation>{rule}. Gilt durch die Schlösser neben den Klassen; Alt-Klick: nur eine übermalen</translation>
    </message>
    <message>
        <source>{said} alone belongs to the canvas: hold Ctrl or Alt too, or choose a function key.</source>
        <translation>{said} allein gehört der Leinwand: dazu Strg oder Alt halten oder eine Funktionstaste wählen.</translation>
    </message>
    <message>
        <source>{said} always means the same and cannot be given away.</source>
        <translation>{said} bedeutet immer dasselbe und lässt sich nicht vergeben.</translation>
    </message>
    <message>
        <source>{said} is the key of “{command}”; give that another key first.</source>
        <translation>{said} ist die Taste von „{command}“; dem zuerst eine andere geben.</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} s</translation>
    </message>
    <message>
        <source>{sentence}; it is kept in {file}.</source>
        <translation>{sentence}; es liegt in {file}.</translation>
    </message>
    <message>
        <source>{sentence}; it is left as it is: {file}</source>
        <translation>{sentence}; es bleibt, wie es ist: {file}</translation>
    </message>
    <message>
        <source>{share} % of its class, {pixels} pixels</source>
        <translation>{share} % ihrer Klasse, {pixels} Pixel</translation>
    </message>
    <message>
        <source>{share} of {name} is found ({count} pixels).</source>
        <translation>{name}: {share} gefunden ({count} Pixel).</translation>
    </message>
    <message>
        <source>{share} of {name} is taken for {other} ({count} pixels).</source>
        <translation>{name}: {share} für {other} gehalten ({count} Pixel).</translation>
    </message>
    <message>
        <source>{sizes}; huge ({number} million numbers), for a GPU with much memory</source>
        <translation>{sizes}; riesig ({number} Millionen Zahlen), für eine GPU mit viel Speicher</translation>
    </message>
    <message>
        <source>{some} and {last}</source>
        <translation>{some} und {last}</translation>
    </message>
    <message>
        <source>{some} of {all} masks approved</source>
        <translation>{some} von {all} Masken freigegeben</translation>
    </message>
    <message>
        <source>{state}, kept</source>
        <translation>{state}, gesichert</translation>
    </message>
    <message>
        <source>{state}, saved</source>
        <translation>{state}, gespeichert</translation>
    </message>
    <message>
        <source>{stem} (this data set)</source>
        <translation>{stem} (dieser Datensatz)</translation>
    </message>
    <message>
        <source>{stem} makes the proposals now.</source>
        <translation>{stem} macht jetzt die Vorschläge.</translation>
    </message>
    <message>
        <source>{steps} on {name} came back.</source>
        <translation>{steps} auf {name} wieder da.</translation>
    </message>
    <message>
        <source>{steps} on {name} came back; the last is from {time}.</source>
        <translation>Wieder da auf {name}: {steps}, zuletzt von {time}.</translation>
    </message>
    <message>
        <source>{swatch}: click to copy, right-click for more</source>
        <translation>{swatch}: Klick kopiert, Rechtsklick für mehr</translation>
    </message>
    <message>
        <source>{table} speaks of photos that are not here: {some}.</source>
        <translation>{table} nennt Fotos, die nicht hier sind: {some}.</translation>
    </message>
    <message>
        <source>{title} ({digit} on the selected rows)</source>
        <translation>{title} ({digit} bei ausgewählten Zeilen)</translation>
    </message>
    <message>
        <source>{title} done; {see}.</source>
        <translation>{title} fertig; {see}.</translation>
    </message>
    <message>
        <source>{title} gives no sign of life; wait, or stop it in Model (@show_model).</source>
        <translation>{title}: kein Lebenszeichen; warten oder unter Modell (@show_model) anhalten.</translation>
    </message>
    <message>
        <source>{title} goes on.</source>
        <translation>{title}: es geht weiter.</translation>
    </message>
    <message>
        <source>{title} stopped; {see}.</source>
        <translation>{title} gestoppt; {see}.</translation>
    </message>
    <message>
        <source>{title} waits for its turn; see the jobs in Model (@show_model).</source>
        <translation>{title} wartet, bis es an der Reihe ist; siehe die Aufträge unter Modell (@show_model).</translation>
    </message>
    <message>
        <source>{today} / {goal} today</source>
        <translation>{today} / {goal} heute</translation>
    </message>
    <message>
        <source>{today} today</source>
        <translation>{today} heute</translation>
    </message>
    <message>
        <source>{tool}: paints {name}</source>
        <translation>{tool}: malt {name}</translation>
    </message>
    <message>
        <source>{tool}: paints {name}, which is locked</source>
        <translation>{tool}: malt {name}, derzeit gesperrt</translation>
    </message>
    <message>
        <source>{total} in all</source>
        <translation>{total} insgesamt</translation>
    </message>
    <message>
        <source>{user} on {host}</source>
        <translation>{user} auf {host}</translation>
    </message>
    <message>
        <source>{whole}; initials and daily goal</source>
        <translation>{whole}; Kürzel und Tagesziel</translation>
    </message>
    <message>
        <source>ΔE {away} against before the prediction</source>
        <translation>ΔE {away} gegenüber vor der Vorhersage</translation>
    </message>
    <message>
        <source>ΔE {away} since colours are read this way</source>
        <translation>ΔE {away}, seit Farben so gelesen werden</translation>
    </message>
    <message>
        <source>ΔE {away} since the photo was opened</source>
        <translation>ΔE {away} seit dem Öffnen des Fotos</translation>
    </message>
    <message>
        <source>ΔE {away} since the prediction</source>
        <translation>ΔE {away} seit dem Vorschlag</translation>
    </message>
    <message>
        <source>ΔE00 between the colours under the predicted and the true mask:</source>
        <translation>ΔE00 zwischen den Farben unter der vorhergesagten und der wahren Maske:</translation>
    </message>
    <message>
        <source>– not measured on these photos in this way.</source>
        <translation>– nicht so an diesen Fotos gemessen.</translation>
    </message>
    <message>
        <source>“{name}” is taken; give it another name.</source>
        <translation>„{name}“ ist vergeben; einen anderen Namen wählen.</translation>
    </message>
    <message>
        <source>← less</source>
        <translation>← weniger</translation>
    </message>
</context>
</TS>
