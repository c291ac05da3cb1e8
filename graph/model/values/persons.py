"""Whether a name in a column for organisations is that of a person, as publishers write names of persons.

Judged by titles, initials, first names and what follows "trading as". A body with a register's number is not a person:
that is for the caller to see first. A body named after somebody says what it is (trust, club, solicitors).
"""

import re


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


_STRONG = _words(
    "messrs miss mr mrs ms mx",
)
_TITLES = _STRONG | _words(
    "cllr councillor dame dr father lady lord prof professor rev revd reverend sir sister",
)
_TRADING = re.compile(r"[\s,(]+(?:t\.a\.|t/as|trading\s+as|t\s*/\s*a|also known as|aka|c/o)(?![^\W_]).*", re.I | re.S)
_JOINED = re.compile(r"\s*(?:&|\+|/|;|\band\b)\s*", re.I)
_BRACKETS = re.compile(r"\([^()]{0,100}\)|\[[^\[\]]{0,100}\]")
_INITIAL = re.compile(r"(?:[A-Z]\.?){1,3}")
_SURNAME = re.compile(r"(?:Ma?c|O['’]|[Dd][ei]\s|[Vv]an\s)?[A-Z][^\W\d_]*(?:[-'’][A-Z]?[^\W\d_]{2,})?")
_STANDS_FOR_A_PERSON = re.compile(r"\W*(?:an?\s+)?(?:private\s+)?(?:individuals?|person|sole trader)\W*", re.I)
_BODIES = _words(
    "academy action activities advice advocacy after age agency aid alliance allotments almshouse almshouses",
    "amateur appeal architects army art arts assembly associates association athletic athletics award awards",
    "bakery band bank baptist benefaction bequest bequests board boarding body books bowling bowls boys brass",
    "brewery bridge brigade brothers brownies building bursaries bursary bursury cafe camp campaign cancer care",
    "carers cathedral catholic center centre chamber chambers chapel charitable charitabletrust charity chess",
    "child childcare childminding children childrens choir christian church churches cic cinema cio circle city",
    "clinic club co co-op co-operative collective college commission committee common community companies company",
    "concern conference congregation consortium consultancy consulting convent cooperative corporation cottages",
    "council court cricket crofters cubs cyfyngedig dance day daycare deceased defence deposits design",
    "development dialysis digital diocese disability district diving dogs dramatic dreams drop education",
    "educational endowment ensemble enterprise enterprises environmental estate estates evangelical events",
    "exchange exhibition fair family farm farms federation fellowship festival film films fire first fishing",
    "flats food football for forest forum foundation friendly friends fund funding fundraising gala gallery games",
    "garden gardening gardens gift girls golf gospel government green group groups guides guild gymnastics",
    "harriers health help heritage high highland hill history hockey holidays home homecare homes hope hospice",
    "hospital hostel house housing hub in inc incorporated infant initiative inquiry inspire institute",
    "institution international islamic islands jeweller jewish journal judo junior karate kids kindergarten kirk",
    "lab labs ladies land law league leap learning lectureship legacy legal legion library life lighting limited",
    "link links literary llc llp local lodge ltd lunch managers manor meals media medical meeting mem memorial",
    "methodist ministries ministry mission mortification mosque mothers motorists museum music musical national",
    "network new nhs northern nurseries nursery nursing observatory of office old older opera orchestra order",
    "organisation organisations orphanage out outdoors outreach over panel parents parish park parks parochial",
    "partners partnership party patrol pensioners pentecostal people peoples performing pharmacy philharmonic",
    "pictures pipe place play playcare players playgroup playscheme plc plus pool potatoes pottery practice pre-",
    "school presbyterian preschool press primary prize productions programme project projects properties public",
    "publications pupils puppets quartet quilters radio rainbows rangers records recovery reformed refuge",
    "regeneration relief rescue research residential resource resources respite retirement review riding river",
    "room rotary rovers rowing royal rspb rugby run runners sailing sanctuary scheme scholarship school schools",
    "science scotland scottish scout scouts secondary seminary service services settlement shed sheltered ships",
    "shop shops singers site skills social societies society software solicitors solutions songs south space",
    "sport sports stables stadium station store street students studio studios support surgery swimming symphony",
    "synagogue systems t.s table taxis team technology television temple tenants tennis the theatre therapies",
    "therapy toddlers together tours tower town township trading training transport travel trio trust trustee",
    "trustees trusts uk union unit united university valley venture ventures village villages voice voices",
    "voluntary volunteers walk walkers ward watch water welfare wholefoods wildlife windows women women's womens",
    "woodland woodlands woodworkers work works workshop workshops world yacht yoga young youth zoo",
)
_ALSO_SURNAMES = _words(
    "bridge court day field fields green hall hill house kirk lodge park place street temple ward wood young",
)
_FIRST_NAMES = _words(
    "aaron abigail adam adrian agnes aileen ailsa aisha alan alasdair alastair albert alex alexander alexandra",
    "alfred ali alice alison alistair allan allison alyson amanda amber amina amy andrea andrew angela angus ann",
    "anna anne annette anthony antony archie arlene arthur ashley audrey barbara barry beatrice becky ben",
    "benjamin bernadette bernard beth bethany betty beverley bill blair bob brenda brendan brian bridget bruce",
    "bryan callum calum cameron carl carol carole caroline carolyn carrie catherine cathy catriona charles",
    "charlie charlotte cheryl chloe chris christian christina christine christopher claire clare clive colette",
    "colin connor craig daisy dale daniel danielle darren dave david dawn dean debbie deborah debra denise dennis",
    "derek diane dominic donald donna doreen dorothy dougal douglas duncan dylan eddie edith edward edwin eileen",
    "elaine eleanor elizabeth ella ellen emily emma eric erin esther ethan euan eva evelyn ewan fatima fergus",
    "finlay fiona frances francis frank fraser fred freya gail gareth gary gavin gemma geoff geoffrey george",
    "georgina gerald gerard gillian gina gladys glenn gordon graeme graham grant gregor gregory hamish",
    "hannah harriet harry hazel heather helen henry hilary holly howard hugh iain ian imran irene iris isabel",
    "isabella isla isobel ivan ivy jack jackie jacob jacqueline jade james jamie jan jane janet janette janice",
    "jasmine jason jayne jean jeff jeffrey jenna jennifer jenny jeremy jessica jessie jill jim jimmy joan joanna",
    "joanne joe john johnny jon jonathan joseph josephine josh joshua joy joyce judith judy julia julian julie",
    "june karen kate katherine kathleen kathryn katie kay keith kelly ken kenneth kerry kevin kim kimberley",
    "kirsteen kirsten kirsty kyle laura lauren leanne lee leigh len leo leonard lesley leslie lewis liam lilian",
    "lillian linda lindsay lindsey lisa liz lorna lorraine louise lucy luke lynda lyndsay lynn lynne lynsey mabel",
    "maggie mairi malcolm marc margaret maria marian marie marion marjorie mark martin martyn mary matthew",
    "maureen max maxine megan mel melanie melissa michael michelle mike mohammad mohammed moira molly mona morag",
    "morven moses muhammad murdo muriel nadia nancy naomi natalie natasha neil niall nicola nicole nigel noel",
    "nora norma norman olive oliver olivia omar oscar owen pamela pat patricia patrick paul paula pauline peggy",
    "penelope penny peter philip phillip phoebe phyllis rachael rachel ralph raymond rebecca reginald rhona rhys",
    "richard rita rob robert roberta robin rodney roger roisin ronald rory rosalind rose rosemary rosie ross roy",
    "ruairidh ruby russell ruth ryan sally sam samantha samuel sandra sara sarah scott sean shane sharon shaun",
    "sheena sheila shirley shona simon siobhan sonia sophia sophie stacey stanley stella stephanie stephen steve",
    "steven stewart stuart sue susan suzanne sylvia tara ted terence teresa terry theresa thomas tim timothy tina",
    "toby tom tommy tony tracey tracy trevor una ursula valerie vanessa vera veronica vicky victoria vincent",
    "violet vivien vivienne walter wendy wilfred william winifred yasmin yvonne zara zoe",
)
_NAMED_AFTER = frozenset(("marie curie", "sue ryder", "anthony nolan", "leonard cheshire", "marie stopes"))
"""Bodies whose whole name is that of a person, and which everybody knows."""


def is_person(name: str) -> bool:
    """Whether a name is that of a person or of several.

    >>> [is_person(name) for name in ("Miss A Smith", "J.A. Mac Donald", "Smith, Jane", "Ann & Tom Lee T/A Wee Ones")]
    [True, True, True, True]
    >>> [is_person(name) for name in ("Dr Bell's Family Centre", "James Watt Trust", "A B Charitable Trust", "Oxfam")]
    [False, False, False, False]
    """
    if _STANDS_FOR_A_PERSON.fullmatch(_TRADING.sub("", name) or name):
        return True
    plain = " ".join(_BRACKETS.sub(" ", _TRADING.sub("", name)).split()).strip(" .,;:")
    if not plain or plain.casefold() in _NAMED_AFTER or any(sign.isdigit() for sign in plain):
        return False
    if plain.isupper() or plain.islower():
        plain = plain.title().replace("'S", "'s")
    surname, comma, first = plain.partition(",")
    if comma and "," not in first and len(first.split()) < 4:
        return _alone(f"{first.strip()} {surname}") and not _is_body(plain, titled=False)
    parts = [part for part in _JOINED.split(plain) if part]
    if len(parts) > 1 and all(len(part.split()) == 1 and part.lower().strip(".") not in _TITLES for part in parts):
        return False
    return bool(parts) and _alone(parts[-1], first_alone=False) and all(map(_alone, parts[:-1]))


def _alone(name: str, *, first_alone: bool = True) -> bool:
    """Whether a part of a name is that of one person; one before another may lack its surname."""
    words = name.split()
    title = words[0].lower().strip(".") if words else ""
    titled = title in _TITLES
    rest = words[1:] if titled else words
    if _is_body(name, titled=title in _STRONG) or len(rest) > 4:
        return False
    if not rest:
        return titled and first_alone
    if not all(_INITIAL.fullmatch(word) or _SURNAME.fullmatch(word) for word in rest):
        return False
    if titled:
        return title in _STRONG or len(rest) < 4
    first = rest[0].lower().partition("-")[0]
    initials = [word for word in rest if _INITIAL.fullmatch(word) and ("." in word or len(word) == 1)]
    if initials:
        dotted = any("." in word for word in initials) or len(rest) - len(initials) == 1 or first in _FIRST_NAMES
        return dotted and (rest[0] in initials or first in _FIRST_NAMES) and rest[-1] not in initials
    return first in _FIRST_NAMES and (len(rest) in (2, 3) or (first_alone and len(rest) == 1))


def _is_body(name: str, *, titled: bool) -> bool:
    """Whether a word of a name says that it is one of a body; some such words are surnames too."""
    words = {word.strip(".,'’").lower() for word in name.split()}
    words |= {word.removesuffix("s") for word in words if word.removesuffix("s") not in _ALSO_SURNAMES}  # Choirs
    last = name.split()[-1].lower()
    found = words & _BODIES - ({last} & _ALSO_SURNAMES if titled else frozenset())
    return bool(found) or any(word.endswith(("'s", "’s", "s'")) for word in words)
