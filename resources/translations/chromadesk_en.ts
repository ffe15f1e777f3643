<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name></name>
    <message numerus="yes">
        <source>%Ln approved photo(s)</source>
        <translation>
            <numerusform>%Ln approved photo</numerusform>
            <numerusform>%Ln approved photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln approved since {model}</source>
        <translation>
            <numerusform>%Ln approved since {model}</numerusform>
            <numerusform>%Ln approved since {model}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln colour(s) outside sRGB</source>
        <translation>
            <numerusform>%Ln colour outside sRGB</numerusform>
            <numerusform>%Ln colours outside sRGB</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln could not be read</source>
        <translation>
            <numerusform>%Ln could not be read</numerusform>
            <numerusform>%Ln could not be read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln could not be written</source>
        <translation>
            <numerusform>%Ln could not be written</numerusform>
            <numerusform>%Ln could not be written</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln fill(s)</source>
        <translation>
            <numerusform>%Ln fill</numerusform>
            <numerusform>%Ln fills</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln have no mask yet</source>
        <translation>
            <numerusform>%Ln has no mask yet</numerusform>
            <numerusform>%Ln have no mask yet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln have no mask yet or were approved before</source>
        <translation>
            <numerusform>%Ln has no mask yet or was approved before</numerusform>
            <numerusform>%Ln have no mask yet or were approved before</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln label(s)</source>
        <translation>
            <numerusform>%Ln label</numerusform>
            <numerusform>%Ln labels</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln label(s) have no class yet: choose a map, or a class in each row. Photos that have them stay out.</source>
        <translation>
            <numerusform>%Ln label has no class yet: choose a map, or a class in its row. Photos that have it stay out.</numerusform>
            <numerusform>%Ln labels have no class yet: choose a map, or a class in each row. Photos that have them stay out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln lasso(s)</source>
        <translation>
            <numerusform>%Ln lasso</numerusform>
            <numerusform>%Ln lassos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln left as they are</source>
        <translation>
            <numerusform>%Ln left as it is</numerusform>
            <numerusform>%Ln left as they are</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln mask(s) added to {folder}</source>
        <translation>
            <numerusform>%Ln mask added to {folder}</numerusform>
            <numerusform>%Ln masks added to {folder}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more without this class</source>
        <translation>
            <numerusform>%Ln more without this class</numerusform>
            <numerusform>%Ln more without this class</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln other step(s)</source>
        <translation>
            <numerusform>%Ln other step</numerusform>
            <numerusform>%Ln other steps</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s)</source>
        <translation>
            <numerusform>%Ln photo</numerusform>
            <numerusform>%Ln photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) approved</source>
        <translation>
            <numerusform>%Ln photo approved</numerusform>
            <numerusform>%Ln photos approved</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) cannot be read: {reason}</source>
        <translation>
            <numerusform>%Ln photo cannot be read: {reason}</numerusform>
            <numerusform>%Ln photos cannot be read: {reason}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) could not be saved: {reason}.</source>
        <translation>
            <numerusform>%Ln photo could not be saved: {reason}.</numerusform>
            <numerusform>%Ln photos could not be saved: {reason}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) counted.</source>
        <translation>
            <numerusform>%Ln photo counted.</numerusform>
            <numerusform>%Ln photos counted.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) excluded</source>
        <translation>
            <numerusform>%Ln photo excluded</numerusform>
            <numerusform>%Ln photos excluded</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) exported</source>
        <translation>
            <numerusform>%Ln photo exported</numerusform>
            <numerusform>%Ln photos exported</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) noted</source>
        <translation>
            <numerusform>%Ln photo noted</numerusform>
            <numerusform>%Ln photos noted</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) predicted</source>
        <translation>
            <numerusform>%Ln photo predicted</numerusform>
            <numerusform>%Ln photos predicted</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) taken back</source>
        <translation>
            <numerusform>%Ln photo taken back</numerusform>
            <numerusform>%Ln photos taken back</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) were turned upright or converted, so that other programs show them alike.</source>
        <translation>
            <numerusform>%Ln photo was turned upright or converted, so that other programs show it alike.</numerusform>
            <numerusform>%Ln photos were turned upright or converted, so that other programs show them alike.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) with their masks</source>
        <translation>
            <numerusform>%Ln photo with its mask</numerusform>
            <numerusform>%Ln photos with their masks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) with this colour</source>
        <translation>
            <numerusform>%Ln photo with this colour</numerusform>
            <numerusform>%Ln photos with this colour</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) written to {folder}</source>
        <translation>
            <numerusform>%Ln photo written to {folder}</numerusform>
            <numerusform>%Ln photos written to {folder}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s), {labels}.</source>
        <translation>
            <numerusform>%Ln photo, {labels}.</numerusform>
            <numerusform>%Ln photos, {labels}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln pixel(s) came back from {name}.</source>
        <translation>
            <numerusform>%Ln pixel came back from {name}.</numerusform>
            <numerusform>%Ln pixels came back from {name}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln replaced</source>
        <translation>
            <numerusform>%Ln replaced</numerusform>
            <numerusform>%Ln replaced</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln selected</source>
        <translation>
            <numerusform>%Ln selected</numerusform>
            <numerusform>%Ln selected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln step(s), {memory}</source>
        <translation>
            <numerusform>%Ln step, {memory}</numerusform>
            <numerusform>%Ln steps, {memory}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln stroke(s)</source>
        <translation>
            <numerusform>%Ln stroke</numerusform>
            <numerusform>%Ln strokes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln test photo(s)</source>
        <translation>
            <numerusform>%Ln test photo</numerusform>
            <numerusform>%Ln test photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln the same as before</source>
        <translation>
            <numerusform>%Ln the same as before</numerusform>
            <numerusform>%Ln the same as before</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln training photo(s)</source>
        <translation>
            <numerusform>%Ln training photo</numerusform>
            <numerusform>%Ln training photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln want a look anyway</source>
        <translation>
            <numerusform>%Ln wants a look anyway</numerusform>
            <numerusform>%Ln want a look anyway</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln were before</source>
        <translation>
            <numerusform>%Ln was before</numerusform>
            <numerusform>%Ln were before</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln were edited, approved or excluded</source>
        <translation>
            <numerusform>%Ln was edited, approved or excluded</numerusform>
            <numerusform>%Ln were edited, approved or excluded</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln were left</source>
        <translation>
            <numerusform>%Ln was left</numerusform>
            <numerusform>%Ln were left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln without a mask left out.</source>
        <translation>
            <numerusform>%Ln without a mask left out.</numerusform>
            <numerusform>%Ln without a mask left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln without an approved mask left out.</source>
        <translation>
            <numerusform>%Ln without an approved mask left out.</numerusform>
            <numerusform>%Ln without an approved mask left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n job(s) running</source>
        <translation>
            <numerusform>%n job running</numerusform>
            <numerusform>%n jobs running</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>On %Ln photo(s) pixels lie in two classes; they got the upper one.</source>
        <translation>
            <numerusform>On %Ln photo pixels lie in two classes; they got the upper one.</numerusform>
            <numerusform>On %Ln photos pixels lie in two classes; they got the upper one.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Only the %Ln selected</source>
        <translation>
            <numerusform>Only the %Ln selected</numerusform>
            <numerusform>Only the %Ln selected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Rank %Ln photo(s)</source>
        <translation>
            <numerusform>Rank %Ln photo</numerusform>
            <numerusform>Rank %Ln photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Unsaved strokes on %Ln photo(s), {name} among them, come back when you open them.</source>
        <translation>
            <numerusform>Unsaved strokes on %Ln photo, {name}, come back when you open it.</numerusform>
            <numerusform>Unsaved strokes on %Ln photos, {name} among them, come back when you open them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Your strokes are kept, and come back when you next open the photo(s).</source>
        <translation>
            <numerusform>Your strokes are kept, and come back when you next open this photo.</numerusform>
            <numerusform>Your strokes are kept, and come back when you next open these photos.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>a grey point set in %Ln</source>
        <translation>
            <numerusform>a grey point set in %Ln</numerusform>
            <numerusform>a grey point set in %Ln</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>stopped after %n whole epoch(s)</source>
        <translation>
            <numerusform>stopped after %n whole epoch</numerusform>
            <numerusform>stopped after %n whole epochs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>then stopped; %Ln were left</source>
        <translation>
            <numerusform>then stopped; %Ln was left</numerusform>
            <numerusform>then stopped; %Ln were left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>trained on %Ln photo(s)</source>
        <translation>
            <numerusform>trained on %Ln photo</numerusform>
            <numerusform>trained on %Ln photos</numerusform>
        </translation>
    </message>
</context>
</TS>
