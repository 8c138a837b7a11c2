"""Voices of the speech model: the ids that are served today, and the names that clients still use."""

DEFAULT_VOICE = "EkK5I93UQWFDigLMpZcX"

IDS = """
EkK5I93UQWFDigLMpZcX Z3R5wn05IrDiVCyEkUrK NNl6r8mD7vthiJatiJt1 YOq2y2Up4RgXP2HyXjE5
B8gJV1IhpuegLxdpXFOE 2zRM7PkgwBPiau2jvVXc 1SM7GgM6IMuvQlz2BwM3 5l5f8iK3YPeGga21rQIX
scOwDtmlUjD3prqpp97I NOpBlnGInO9m6vDvFkFC BZgkqPqms7Kj9ulSkVzn wo6udizrrtpIxWGp2qJk
gU0LNdkMOQCOrPrwtbee DGzg6RaUqxGRTHSBjfgF x70vRnQBMBu4FAYhjJbO Sm1seazb4gs7RSlUVw7c
P1bg08DkjqiVEzOn76yG qDuRKMlYmrm8trt5QyBn qXpMhyvQqiRxWQs4qSSB TX3LPaxmHKxFdv7VOQHJ
N2lVS1w4EtoT3dr4eOWO FGY2WhTYpPnrIDTdsKH5 kPzsL2i3teMYv0FxEYQ6 UgBBYS2sOqTuMpoF3BR0
hpp4J3VqNfWAUOO0d1Us nPczCjzI2devNBz1zQrb uYXf8XasLslADfZ2MB4u gs0tAILXbY5DNrJrsM6F
DTKMou8ccj1ZaWGBiotd vBKc2FfBKJfcZNyEt1n6 DYkrAHD8iwork3YSUBbs 56AoDkrOh6qfVPDXZ7Pt
eR40ATw9ArzDf9h3v7t7 g6xIsTj2HwM6VR4iXFCw lcMyyd2HUfFzxdCaC4Ta 6aDn1KB0hjpdcocrUkmq
Sq93GQT4X1lKDXsQcixO flHkNRp1BlvT73UL6gyz 9yzdeviXkFddZ4Oz8Mok pPdl9cQBQq4p6mRkZy2Z
zYcjlYFOd3taleS0gkk3 nzeAacJi50IvxcyDnMXa ruirxsoakN0GWmGNIo04 TC0Zp7WVFzhA8zpTlRqV
ljo9gAlSqKOvF6D8sOsX PPzYpIqttlTYA83688JI 8JVbfL6oEdmuxKn5DK2C iCrDUkL56s3C8sCRl7wb
wJqPPQ618aTW29mptyoc EiNlNiXeDU1pqqOPrYMO 4YYIPFl9wE5c4L2eu2Gb 6F5Zhi321D3Oq7v1oNT4
YXpFCvM1S3JbWEJhoskW LG95yZDEHg6fCZdQjLqj CeNX9CMwmxDxUF5Q2Inm aD6riP1btT197c6dACmy
mtrellq69YZsNwzUSyXh dHd5gvgSOzSfduK4CvEg eVItLK1UvXctxuaRV2Oq esy0r39YPLQjOczyOib8
Tsns2HvNFKfGiNjllgqo 1U02n4nD6AdIZ9CjF053 AeRdCCKzvd23BpJoofzx LruHrtVF6PSyGItzMNHS
1wGbFxmAM3Fgw63G1zZJ hqfrgApggtO1785R4Fsn MJ0RnG71ty4LH3dvNfSd
"""
VOICES = tuple(IDS.split())

# Where a name's own voice is still served it stays itself (Bella, Brian, Callum, Laura, Liam); every other
# name gets a voice of a similar kind, so that an old client speaks on instead of being refused.
NAMES = {
    "Rachel": "aD6riP1btT197c6dACmy",
    "Adam": "NNl6r8mD7vthiJatiJt1",
    "Alice": "lcMyyd2HUfFzxdCaC4Ta",
    "Antoni": "Sq93GQT4X1lKDXsQcixO",
    "Aria": "TC0Zp7WVFzhA8zpTlRqV",
    "Arnold": "DGzg6RaUqxGRTHSBjfgF",
    "Bella": "hpp4J3VqNfWAUOO0d1Us",
    "Bill": "NOpBlnGInO9m6vDvFkFC",
    "Brian": "nPczCjzI2devNBz1zQrb",
    "Callum": "N2lVS1w4EtoT3dr4eOWO",
    "Charlie": "1SM7GgM6IMuvQlz2BwM3",
    "Charlotte": "Z3R5wn05IrDiVCyEkUrK",
    "Chris": "UgBBYS2sOqTuMpoF3BR0",
    "Daniel": "gs0tAILXbY5DNrJrsM6F",
    "Domi": "BZgkqPqms7Kj9ulSkVzn",
    "Elli": "56AoDkrOh6qfVPDXZ7Pt",
    "Eric": "DYkrAHD8iwork3YSUBbs",
    "George": "zYcjlYFOd3taleS0gkk3",
    "Jessica": "g6xIsTj2HwM6VR4iXFCw",
    "Josh": "x70vRnQBMBu4FAYhjJbO",
    "Laura": "FGY2WhTYpPnrIDTdsKH5",
    "Liam": "TX3LPaxmHKxFdv7VOQHJ",
    "Lily": "6aDn1KB0hjpdcocrUkmq",
    "Matilda": "eR40ATw9ArzDf9h3v7t7",
    "River": "uYXf8XasLslADfZ2MB4u",
    "Roger": "EkK5I93UQWFDigLMpZcX",
    "Sam": "scOwDtmlUjD3prqpp97I",
    "Sarah": "kPzsL2i3teMYv0FxEYQ6",
    "Will": "vBKc2FfBKJfcZNyEt1n6",
}
