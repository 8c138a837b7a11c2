"""The words in a file's metadata that say a machine made it: IPTC's DigitalSourceType, as XMP."""

from xml.sax.saxutils import quoteattr

SOURCE_TYPES = "http://cv.iptc.org/newscodes/digitalsourcetype/"
MADE_BY_AI = "trainedAlgorithmicMedia"
MADE_BY_AI_FROM_PICTURES = "compositeWithTrainedAlgorithmicMedia"
TOOL = "SmartSpec"
LONGEST_NAME = 40  # characters of a model's name


def packet(*, model: str = "", made_at: str = "", is_composite: bool = False, tool: str = TOOL) -> bytes:
    """An XMP packet of at most 500 bytes; `made_at` is a moment of RFC 3339."""
    source = SOURCE_TYPES + (MADE_BY_AI_FROM_PICTURES if is_composite else MADE_BY_AI)
    named = f" e:AISystemUsed={quoteattr(model[:LONGEST_NAME])}" if model else ""
    by = f' x:CreatorTool="{tool}"' if tool else ""
    dated = f" x:CreateDate={quoteattr(made_at)}" if made_at else ""
    return (
        '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<r:Description r:about=""'
        ' xmlns:e="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"'
        ' xmlns:x="http://ns.adobe.com/xap/1.0/"'
        f' e:DigitalSourceType="{source}"{named}{by}{dated}/></r:RDF>'
    ).encode()


def fields(
    *, model: str = "", made_at: str = "", is_composite: bool = False, tool: str = TOOL
) -> dict[str, str]:
    """The same for files whose words come in pairs."""
    source = SOURCE_TYPES + (MADE_BY_AI_FROM_PICTURES if is_composite else MADE_BY_AI)
    told = {
        "DIGITALSOURCETYPE": source,
        "AISYSTEMUSED": model[:LONGEST_NAME],
        "CREATORTOOL": tool,
        "CREATEDATE": made_at,
    }
    return {name: value for name, value in told.items() if value}


def says_so(xmp: bytes) -> bool:
    """Does this packet, or do these fields, already tell how the work was made?"""
    return b"DigitalSourceType" in xmp or b"DIGITALSOURCETYPE=" in xmp
