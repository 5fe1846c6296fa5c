"""The words of labels and what each of them means, as a table with its reasons.

Where the words come from: anions and their English synonyms are those of IUPAC names, of the
European Pharmacopoeia monographs and of the magnesium compounds that Directive 2002/46/EC (annex II)
allows in food supplements; the other languages are the same names in national editions of that
annex. A brand is here only if its maker says which compound it is. Words that are merely like one of
a compound (nitrate, laurate, aspartame) are here so that they are not taken for a slip of the pen.

Names are lower-case, without accents and hyphens, and parted by `|`. English spelling of an ending
stands for all (`words.py` turns `citrat`, `citrato` and `citraat` into `citrate`).
"""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a word does in a label wording."""

    MAGNESIUM = "magnesium"
    METAL = "metal"
    """Another element: a salt named with it alone is not one of magnesium."""
    FORM = "form"
    """What is bound to the magnesium; says nothing without a metal."""
    BRAND = "brand"
    """Names a magnesium compound all by itself."""
    SEA = "sea"
    """Says where magnesium was won from; a named compound says it better."""
    SOURCE = "source"
    """Food, rock or sea that brings magnesium with other things."""
    AMINO_CHELATE = "amino_chelate"
    """Bound to amino acids that are not named; a named amino acid says it better."""
    CHELATE = "chelate"
    """Bound to something; any named thing says it better."""
    VAGUE = "vague"
    """Says only that the magnesium was in there already; counts if nothing else is named."""
    ADDITIVE = "additive"
    """Helps to press the tablet and is no source."""
    NUTRIENT = "nutrient"
    """Another thing on the label: what it is made from does not count as magnesium."""
    BLEND = "blend"
    """The row is a mixture whose parts are not sources of one nutrient."""
    FILLER = "filler"
    """Changes nothing."""


@dataclass(frozen=True)
class Entry:
    """Names that mean one thing, the form slugs they stand for, and why."""

    kind: Kind
    names: str
    slugs: tuple[str, ...] = ()
    why: str = ""


def _form(slug: str, names: str, why: str) -> Entry:
    return Entry(Kind.FORM, names, (slug,), why)


FORMS = (
    _form("l-threonate", "threonate|l threonate", "L-threonic acid, from vitamin C"),
    _form("citrate", "citrate|zitrate|cytrynian", "citric acid; 3:2, 1:1 and hydrogen salts alike"),
    _form("gluconate", "gluconate", "gluconic acid"),
    _form(
        "bisglycinate",
        "glycinate|bisglycinate|diglycinate|biglycinate|glicinate|bisglicinate|glycinato",
        "two glycines to one magnesium, so that glycinate, diglycinate and bisglycinate are one",
    ),
    _form("oxide", "oxide|oxyde|oxido|ossido|oksid|tlenek", "MgO, INS 530"),
    _form("chloride", "chloride|chlorure|cloruro|cloreto|chlorek", "MgCl2, INS 511"),
    _form("lactate", "lactate|lattate|mleczan", "lactic acid, INS 329"),
    _form("malate", "malate|jablczan", "malic acid; di- and trimagnesium alike"),
    _form("taurate", "taurate|taurinate", "taurine, both names in use"),
    _form(
        "acetyl-taurate",
        "acetyl taurate|acetyl taurinate|acetyltaurate|acetyltaurinate",
        "N-acetyltaurine, named by US labels as taurate or taurinate",
    ),
    _form("aspartate", "aspartate|asparaginate", "aspartic acid"),
    _form("orotate", "orotate", "orotic acid"),
    _form("sulfate", "sulfate|sulphate|solfate|siarczan", "MgSO4, INS 518"),
    _form(
        "hydroxide",
        "hydroxide|hydroxyde|hidroxido|idrossido|wodorotlenek",
        "Mg(OH)2, INS 528",
    ),
    _form("carbonate", "carbonate|hydroxycarbonate|weglan", "MgCO3, INS 504"),
    _form(
        "pidolate",
        "pidolate|pyroglutamate|pca|pyrrolidone carboxylate|oxoprolinate|5 oxoprolinate",
        "the anion of pyrrolidone carboxylic acid has five names",
    ),
    _form(
        "glycerophosphate",
        "glycerophosphate|glycerylphosphate|glycerinophosphate|glicerophosphate"
        "|glicerofosfate|glycerol phosphate|glyceryl phosphate",
        "glycerophosphoric acid",
    ),
    _form("ascorbate", "ascorbate|diascorbate|askorbate|askorbinate", "ascorbic acid"),
)

# Anions of real magnesium compounds that have no form of their own in the catalogue. Each is here
# by name: a word in -ate that nobody knows may as well be a known one, misspelt.
OTHER_FORMS = (
    _form(
        "other",
        "acetate|adipate|alginate|benzoate|borate|bromide|butyrate|caprylate|caproate|caprate"
        "|fumarate|glucarate|glucoheptonate|glutamate|glutarate|hydroxycitrate|iodide"
        "|ketoglutarate|oxoglutarate|glycolate|nicotinate|nitrate|oxalate|pantothenate|picolinate"
        "|propionate|pyruvate|quinate|saccharate|salicylate|succinate|tartrate|thiosulfate"
        "|undecylenate|hydroxybutyrate|beta hydroxybutyrate|bhb|humate|fulvate|hydroxy citrate",
        "salts of organic acids, among them those of the Krebs cycle",
    ),
    _form(
        "other",
        "phosphate|hydrogenphosphate|biphosphate|pyrophosphate|polyphosphate|fosfate|phytate"
        "|inositol hexaphosphate|hexaphosphate|ascorbyl phosphate|silicate|trisilicate|peroxide"
        "|dioxide|bicarbonate|hydrogencarbonate|hydrogen carbonate|sulfite"
        "|sulfide|fluoride|chlorate|perchlorate|hydrogen phosphate",
        "phosphates and other mineral acids; bicarbonate is not carbonate, peroxide not oxide",
    ),
    _form(
        "other",
        "arginate|histidinate|lysinate|lysyl|methioninate|tyrosinate|prolinate|alaninate|leucinate"
        "|glycyl glutamine|glycyl glutamate|glycylglutamine|glutaminate|threoninate|serinate"
        "|carnitinate|creatine|creatinate|homocysteinate|orthosilicate|glucosaminate",
        "chelates of named amino acids other than glycine, aspartic acid and taurine",
    ),
    _form("other", "formate", "formic acid"),  # codespell:ignore formate
    Entry(
        Kind.FORM,
        "asporotate|aspororate",
        ("aspartate", "orotate"),
        "aspartate and orotate in one word",
    ),
    Entry(
        Kind.FORM,
        "citramate|citramal|citrimal",
        ("citrate", "malate"),
        "brand names of citrate with malate (Thorne)",
    ),
    Entry(Kind.FORM, "citromalate|citratemalate", ("citrate", "malate"), "citrate with malate"),
)

BRANDS = (
    Entry(Kind.BRAND, "magtein", ("l-threonate",), "AIDP; the L-threonate of the patents of MIT"),
    Entry(
        Kind.BRAND,
        "zma",
        ("aspartate",),
        "SNAC: zinc monomethionine aspartate, magnesium aspartate and vitamin B6",
    ),
    Entry(Kind.BRAND, "magnesia|mgo|periclase", ("oxide",), "old name, formula, mineral"),
    Entry(Kind.BRAND, "mgoh2|brucite", ("hydroxide",), "Mg(OH)2; its mineral"),
    Entry(Kind.BRAND, "mgco3|magnesite", ("carbonate",), "formula, mineral"),
    Entry(Kind.BRAND, "mgso4|kieserite", ("sulfate",), "formula, mineral"),
    Entry(Kind.BRAND, "milk of magnesia", ("hydroxide",), "Mg(OH)2 in water, USP"),
    Entry(Kind.BRAND, "epsom salt|epsom salts|bittersalz", ("sulfate",), "MgSO4 · 7 H2O"),
    Entry(Kind.BRAND, "mgcl2|nigari|bischofite", ("chloride",), "formula, brine, mineral"),
    Entry(Kind.BRAND, "neurotaurine|ata mg", ("acetyl-taurate",), "N-acetyl taurinate"),
    Entry(
        Kind.BRAND,
        "magnapower|magna power",
        ("other",),
        "Albion's magnesium creatine chelate",
    ),
    Entry(
        Kind.BRAND,
        "ultramag|sucrosomial magnesium|sucrosomial magnesium oxide|sucrosomial oxide",
        ("sucrosomial",),
        "PharmaNutra's oxide in a coat of phospholipids, which is a form of its own here",
    ),
    Entry(
        Kind.BRAND,
        "aquamin mg|aquamin magnesium|aquamin magnesium hydroxide",
        ("marine-mineral",),
        "Marigot: hydroxide from sea water; Aquamin without Mg is seaweed",
    ),
)

SOURCES = (
    Entry(
        Kind.FORM,
        "sucrosomial",
        ("sucrosomial",),
        "the coat alone: there is Sucrosomial iron too",
    ),
    Entry(
        Kind.FORM,
        "traacs",
        ("bisglycinate",),
        "Albion's The Real Amino Acid Chelate System; its magnesium is the bisglycinate",
    ),
    Entry(
        Kind.SEA,
        "seawater|sea water|sea salt|sea minerals|sea mineral|marine minerals"
        "|marine mineral|dead sea|marine",
        ("marine-mineral",),
        "magnesium won from sea water",
    ),
    Entry(
        Kind.SOURCE,
        "aquamin|red algae sea minerals|algaecal|algas calcareas|algae|alga|algas|lithothamnion"
        "|lithothamnium|calcareum|corallioides|coralloides|calcified mineral source|seaweed"
        "|marine algae|marine coral|marine bed coral|coral|coral calcium|sango|kelp|spirulina"
        "|chlorella|aquamin f|aquamin tg|aquamin s|coral minerals|sango marine coral",
        ("other",),
        "calcareous algae and corals: mostly calcium carbonate with some magnesium",
    ),
    Entry(
        Kind.SOURCE,
        "concentrace|trace minerals|trace mineral|great salt lake|brine|salt water|ionic minerals|inland sea",
        ("other",),
        "brine, the best known of the Great Salt Lake, which is no sea: chlorides and sulfates",
    ),
    Entry(Kind.SOURCE, "dolomite", ("carbonate",), "CaMg(CO3)2, the double carbonate"),
    Entry(
        Kind.SOURCE,
        "s cerevisiae|saccharomyces cerevisiae|cerevisiae|saccharomyces|yeast|cultured"
        "|food grown|foodstate|food state|lactobacillus|lactobacillus bulgaricus|fermented"
        "|whole food|wholefood|food blend|food|koji",
        ("other",),
        "grown into yeast or other food: what it is bound to is not known",
    ),
    Entry(
        Kind.SOURCE,
        "whey|whey protein|protein|milk|milk mineral|milk minerals|milk calcium|trucal|soy|rice"
        "|vegetable protein|hydrolyzed vegetable|hydrolyzed|hydrolysed|hvp|mcha|mchc"
        "|hydroxyapatite|bone meal|bone|egg|eggshell|cocoa|spinach|alfalfa|pumpkin|leaf|leaves"
        "|fruit|root|seed|bran|grass|vegetables|berry|berries|juice|blueberry"
        "|strawberry|blackberry|raspberry|cranberry|broccoli|carrot|beet|parsley|nettle|horsetail"
        "|barley|wheat|oat|oats|sesame|almond|himalayan|himalayan salt",
        ("other",),
        "food, protein and bone: magnesium that belongs to them",
    ),
    Entry(
        Kind.SOURCE,
        "krebs|krebs cycle|krebs cycle acids|krebs acids|krebs cycle chelate|krebs chelate",
        ("other",),
        "the acids of the Krebs cycle without saying which",
    ),
    Entry(
        Kind.AMINO_CHELATE,
        "amino acid chelate|amino acid chelated|amino acid chelates|amino acid complex|amino chelate"
        "|aa chelate|aa complex|a a chelate|a a complex|aac|aminoate|amino acids|aminoacid chelate"
        "|amino acid|protein chelate|amino acids chelate|aminochelate|amino acid bound",
        ("other",),
        "the amino acids are not named (NNFA defines the term without them)",
    ),
    Entry(
        Kind.CHELATE,
        "chelate|chelated|chelates|chelation|kelate|chelatet",
        ("other",),
        "what holds the magnesium is not named",
    ),
    Entry(
        Kind.VAGUE,
        "naturally occurring|naturally present|natural occurring|occurs naturally"
        "|naturally contained|naturally found",
        ("other",),
        "part of another ingredient",
    ),
)

METALS = (
    Entry(
        Kind.MAGNESIUM,
        "magnesium|mg|mag|magnesio|magnezium|magnez|magnezu|magnesii",
        why="Mag. and Mg are printed for it; mg behind a number is a unit and is gone before",
    ),
    Entry(
        Kind.METAL,
        "calcium|cal|ca|zinc|zn|zinco|cinc|potassium|pot|kalium|potasio|sodium|natrium"
        "|sodio|iron|ferrous|ferric|ferro|copper|cupric|manganese|mangan|chromium|selenium"
        "|molybdenum|boron|silicon|silicium|vanadium|vanadyl|lithium|iodine|titanium|aluminum"
        "|aluminium|strontium|nickel|tin|cobalt|calcio|ammonium|potas|sod|bismuth|germanium"
        "|phosphorus|phosphorous|phosphrous|barium|beryllium|rubidium|cesium|silica|chrome",
        why="elements on labels, with their abbreviations, and phosphorus, which is a nutrient row",
    ),
    Entry(Kind.METAL, "zink", why="zinc in German"),  # codespell:ignore zink
)

NUTRIENTS = (
    Entry(
        Kind.ADDITIVE,
        "stearate|stearates|palmitate|vegetable stearate|laurate|oleate|myristate|lubricant"
        "|talc|stearic acid",
        why="soaps of fatty acids: flow agents at a few mg a tablet, not a source",
    ),
    Entry(
        Kind.NUTRIENT,
        "vitamin|vitamins|acid|pyridoxine|pyridoxal|pyridoxal phosphate|riboflavin|thiamin"
        "|thiamine|thiamine mononitrate|niacin|niacinamide|folate|folacin|methylfolate|biotin"
        "|cobalamin|cyanocobalamin|methylcobalamin|cholecalciferol|ergocalciferol|tocopherol"
        "|tocopheryl|tocopheryl acetate|tocopherol acetate|tocopheryl succinate|vitamin a acetate"
        "|ascorbyl palmitate|retinyl acetate|retinyl palmitate|choline bitartrate|choline"
        "|ascorbic acid|taurine|glycine|melatonin|gaba|theanine|inositol|glucosamine|chondroitin"
        "|glucosamine sulfate|chondroitin sulfate|gluc sulfate|chon sulfate|msm|glutamine"
        "|arginine|tryptophan|tyrosine|lysine|citrulline|citrulline malate|caffeine|carnitine"
        "|coenzyme|coq10|omega|protein powder|ashwagandha|valerian|turmeric|carbohydrate"
        "|carbohydrates|aspartame|lactase|lactose|maleate|chlorine|maltose|creatine monohydrate"
        "|beta alanine|pyridoxine hcl|pyridoxine hydrochloride|threonine|vit|ester c|hcl",
        why="other rows of a label, and words that are like one of a form",
    ),
    Entry(
        Kind.NUTRIENT,
        "magnesia phosphorica|magnesia muriatica|magnesia mur|magnesia phos|magnesia carbonica"
        "|magnesia sulphurica",
        why="homoeopathic: named for magnesium, without any to speak of",
    ),
    Entry(
        Kind.BLEND,
        "blend|matrix|formula|proprietary|stack|composite|system|proprietary blend|catalyst"
        "|constituents|provides|providing",
        why="a mixture: its magnesium compound need not be there as a source",
    ),
)

FILLERS = (
    Entry(
        Kind.FILLER,
        "elemental|element|total|pure|ionic|high|grade|natural|organic|complex|salt|compound"
        "|combination|form|forms|vegan|vegetarian|kosher|powder|powders|capsule|capsules|tablet"
        "|tablets|the|a|an|of|in|de|du|la|le|del|da|des|d|l|dl|n|r|s|x|per"
        "|each|equivalent|eq|yielding|yields|supplying|supplies|supplied|by|standardized|to"
        "|contain|contains|containing|source|sources|reacted|anhydrous|hydrated|hydrate|usp|bp"
        "|nf|fcc|food grade|heavy|light|fine|tribasic|dibasic|monobasic|basic|acidic|neutral"
        "|hydrochloride|hydrogen|alpha|beta|gamma|ozonated|fully|active|buffered|based"
        "|albion|chelazome|chelazomes|advanced|nutrition|patent|patented|patents"
        "|pending|trademark|trade|mark|registered|laboratories|inc|usa|us|u|ut|utah|no|number"
        "|brand|certified|pharmaceutical|premium|bioavailable|highly|absorbable|non|gmo|percent"
        "|serving|daily|value|dv|approx|approximately|about|mol|other|ingredient|ingredients"
        "|mono|di|tri|bis|tetra|penta|hexa|extra|true|real|sous|forme"
        "|mineral|minerals|elementar|elementare|elementaire|fruit acid|soluble|magnesium ion|ion|ions|via",
        why="purity, water, handedness, patents, the maker's name: the compound stays the same",
    ),
)

VOCABULARY: tuple[Entry, ...] = (
    *FORMS,
    *OTHER_FORMS,
    *BRANDS,
    *SOURCES,
    *METALS,
    *NUTRIENTS,
    *FILLERS,
)

CYRILLIC_STEMS = {
    "магни": "magnesium",
    "магнез": "magnesium",
    "треонат": "threonate",
    "цитрат": "citrate",
    "глюконат": "gluconate",
    "бисглицинат": "bisglycinate",
    "диглицинат": "bisglycinate",
    "глицинат": "glycinate",
    "оксид": "oxide",
    "окис": "oxide",
    "гидроксид": "hydroxide",
    "гидроокис": "hydroxide",
    "хлорид": "chloride",
    "лактат": "lactate",
    "малат": "malate",
    "таурат": "taurate",
    "тауринат": "taurate",
    "аспартат": "aspartate",
    "аспарагинат": "aspartate",
    "оротат": "orotate",
    "сульфат": "sulfate",
    "карбонат": "carbonate",
    "пидолат": "pidolate",
    "глицерофосфат": "glycerophosphate",
    "аскорбат": "ascorbate",
    "аскорбинат": "ascorbate",
    "фосфат": "phosphate",
    "сукцинат": "succinate",
    "фумарат": "fumarate",
    "ацетат": "acetate",
    "стеарат": "stearate",
    "хелат": "chelate",
    "аминокислот": "aac",
    "кальци": "calcium",
    "цинк": "zinc",
    "кали": "potassium",
    "натри": "sodium",
    "желез": "iron",
    "марган": "manganese",
    "хром": "chromium",
    "мед": "copper",
    "селен": "selenium",
    "витамин": "vitamin",
    "комплекс": "complex",
}
"""Beginnings of Russian words, whose endings change with the case; the longest that fits counts."""
