"""The words in a picture's metadata that say a machine made it: IPTC's DigitalSourceType, as XMP."""

MADE_BY_AI = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"

PACKET = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about=""'
    ' xmlns:e="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"'
    ' xmlns:xmp="http://ns.adobe.com/xap/1.0/"'
    f' e:DigitalSourceType="{MADE_BY_AI}"'
    ' xmp:CreatorTool="SmartSpec"/>'
    "</rdf:RDF></x:xmpmeta>"
).encode()
