"""The rules engine's word lists. English only: text in other languages is reported as unread, and a
passage in another language yields no finding.

Lists hold lower-case words. ``SYNONYMS`` and ``OPPOSITES`` hold dictionary forms, which
``agent.engines.rules.tokens`` reduces to stems.
"""

from __future__ import annotations

from agent.checks.lexicon import words as _words

FUNCTION_WORDS = _words(
    """a about above after again against all also although am among an and another any are as at be became
    because been before being below between both but by can could did do does doing down during each either
    even every few for from further had has have having he her here hers herself him himself his how however
    i if in into is it its itself just many may me might more most much must my myself no nor not now of off
    on once one only onto or other our ours out over own per same shall she should since so some such than
    that the their theirs them themselves then there these they this those though through thus to too toward
    towards under until up upon us very via was we were what when where whether which while who whom whose
    why will with within without would yet you your yours 's s t don isn wasn"""
)

# Among the commonest words of English's neighbours, those English does not share.
FOREIGN_WORDS = _words(
    """der die das und ist nicht mit von den dem ein eine einen auf für im zu sich auch wurde haben wird
    le la les des est et dans une un du que qui pour pas sur au avec sont il elle ont été
    el los las una por con del se su para es lo como más fue han según
    di che per non gli della è sono nel dei alla anche
    os uma não com em do da dos das foi
    i w na z się nie że jest przez oraz
    het een van niet en zijn voor op te door"""
) - _words("i die do en das on an")

AUXILIARIES = _words(
    """is are was were be been being am has have had do does did can could may might must shall should will
    would isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't can't couldn't won't wouldn't
    cannot isn’t aren’t wasn’t weren’t hasn’t haven’t hadn’t don’t doesn’t didn’t can’t couldn’t won’t
    wouldn’t"""
)

_FORMS = """
    "" began:begin begun:begin became:become broke:break broken:break brought:bring built:build
    bought:buy caught:catch chose:choose chosen:choose came:come drew:draw drawn:draw drove:drive
    driven:drive fell:fall fallen:fall felt:feel fought:fight found:find flew:fly flown:fly
    forgot:forget gave:give given:give went:go gone:go grew:grow grown:grow held:hold kept:keep
    knew:know known:know led:lead left:leave lost:lose made:make meant:mean met:meet paid:pay
    ran:run rose:rise risen:rise said:say saw:see seen:see sold:sell sent:send shot:shoot sank:sink
    sunk:sink spoke:speak spoken:speak spent:spend stood:stand stole:steal stolen:steal
    struck:strike took:take taken:take taught:teach told:tell thought:think threw:throw thrown:throw
    understood:understand withdrew:withdraw withdrawn:withdraw won:win wrote:write written:write
    died:die dies:die dying:die laid:lay lay:lie sang:sing sung:sing swam:swim wore:wear worn:wear
    ate:eat eaten:eat bore:bear overthrew:overthrow overthrown:overthrow outran:outrun men:man
    women:woman children:child people:person wives:wife lives:life better:good best:good
    forces:troop servicemen:serviceman worse:bad worst:bad further:far
"""
IRREGULAR: dict[str, str] = {form: base for form, _, base in (pair.partition(":") for pair in _FORMS.split())}

# Verbs of reports, in their dictionary form: a sentence with none of these, no auxiliary and no word in
# -ed is taken to have no verb.
VERBS = _words(
    """accept accuse achieve acknowledge acquire act add admit agree aim allow announce appear appoint
    approve argue arrest arrive ask attack attend award ban beat become begin believe bear block
    bomb break bring build buy call campaign capture carry cause celebrate change charge choose
    claim close collapse come complete confirm consist contain continue control convict cost create
    cross cut damage decide decimate declare decline decrease defeat defend deliver demand deny
    deploy describe destroy develop die direct discover dislodge displace double draw drive drop
    earn elect employ end enter escape establish evacuate exceed expand expect explain export fail
    fall feature fight file film find fire flee fly follow force form found gain get give go govern
    grow halt halve happen have head help hit hold host include increase indicate inflict injure
    invade invest investigate join keep kill know lack land last launch lay lead leave liberate lie
    live locate lose maintain make mark marry mean meet move name need note occupy occur offer open
    operate oppose order organise organize outnumber own pass pay perform plan play plunge possess
    prevent produce promise protect prove publish pull push raise reach reduce refuse reject release
    remain remove repel replace report represent require resign retain retreat return reveal rise
    rule run sail say score seize sell send serve set share shell shoot show shut sign sink soar
    spend spread stand star start state stay steal stop strike suffer supply support surge surpass
    surrender survive suspend take teach tell threaten throw total train travel triple try turn
    undergo use visit vote wage want warn win withdraw work wound write"""
)

# --- what is not a claim ---

FIRST_PERSON_STANCE = (
    r"\b(?:i|we) (?:\w+ )?(?:believe|think|feel|hope|fear|doubt|suppose|suspect|guess|reckon|prefer|wish|"
    r"love|hate|welcome|regret|understand it|would argue|am convinced|are convinced|am sure|are sure)\b",
    r"\bin (?:my|our) (?:opinion|view|judgement|judgment)\b",
    r"\bas (?:i|we) (?:understand|see) it\b",
    r"\bto my mind\b",
)
JUDGING_CUES = (
    r"\b(?:should(?! be noted)|ought to|must not|needs? to be|had better|deserves?)\b",
    r"\b(?:arguably|hopefully|sadly|unfortunately|fortunately|frankly|thankfully|regrettably|obviously)\b",
    r"\bit is (?:clear|obvious|a pity|a shame|a disgrace|high time|shameful|wonderful|absurd|important)\b",
    r"\b(?:beautiful|ugly|disgraceful|disgusting|wonderful|terrible|horrible|awful|magnificent|brilliant|"
    r"stupid|shameful|inspiring|delightful|outrageous|pathetic|heroic|cowardly|breathtaking)\b",
    r"\b(?:the (?:best|worst|greatest) (?:thing|way|idea))\b",
    r"\b(?:(?:shed|cast)s? light on|speaks? volumes|sends? a (?:clear )?(?:message|signal))\b",
    r"^(?:let us|let's|imagine|please|consider|remember|don't|do not)\b",
)
# What a writer makes of a fact, hung on behind it: ", underscoring the need for …".
COMMENT_OPENERS = (
    "ruining shattering dispelling underscoring underlining highlighting showing proving exposing signalling "
    "signaling demonstrating illustrating raising fuelling fueling sparking making"
)
FORECAST_CUES = (
    r"\b(?:will|shall|won't|won’t|going to)\b",
    r"\b(?:is|are|was|were) (?:\w+ )?(?:expected|likely|set|due|poised|bound|unlikely|forecast) to\b",
    r"\b(?:could|may|might) (?:soon|one day|eventually|yet)\b",
    r"\b(?:expects?|plans?|intends?|hopes?|aims?|wants?) to\b",
)

DEMONSTRATIVE_OPENERS = (
    r"^(?:this|that|these|those)(?! (?:year|month|week|time|day|summer|winter|spring|autumn)\b)\b",
    r"^such\b",
    r"^(?:the (?:former|latter|same|move|decision|incident|number|figure|attack|strike|ambush|plan|deal))\b",
    r"^(?:both|neither|all of (?:them|these)|some of (?:them|these))\b",
)
SUBJECT_PRONOUNS = {
    "he": "person",
    "she": "person",
    "they": "many",
    "it": "one",
    "his": "person",
    "her": "person",
    "their": "many",
    "its": "one",
}

# --- who says so ---

# These introduce a clause with or without "that".
SAYING = "said says say told tells"
# These may be nouns or take other objects, so in front of a clause they need "that".
SAYING_THAT = (
    "stated states added adds explained explains claimed claims reported reports warned warns announced "
    "announces noted notes confirmed confirms insisted insists argued argues mentioned mentions concluded "
    "concludes wrote writes tweeted declared declares estimated estimates acknowledged acknowledges admitted "
    "admits alleged alleges testified testifies revealed reveals suggested suggests stressed stresses "
    "emphasised emphasises emphasized emphasizes remarked remarks recalled recalls asserted asserts "
    "maintained maintains believes believed found finds showed shows indicated indicates predicted predicts "
    "observed observes pointed contended contends suggesting saying stating claiming"
)
# Reported, but the clause after them is not asserted by the speaker.
NOT_ASSERTING = _words("denied denies deny doubted doubts disputed disputes rejected rejects")
SPEAKER_NOUNS = _words(
    """agency analyst analysts article author authorities bank board commander commission committee company
    council court department document documents doctors economists embassy expert experts government
    governor group head chief institute intelligence investigators journalist judge leader mayor
    media military minister ministry news newspaper office official officials organisation
    organization outlet parliament police president prosecutor prosecutors publication publications
    report reports researchers scientists secretary source sources spokesman spokesperson
    spokeswoman statement study survey union witness witnesses"""
)
SAME_SOURCE = _words("report article outlet newspaper publication study agency document statement survey")

# --- for and against ---

NEGATORS = _words(
    """not never no none nobody nothing neither nor without cannot hardly barely fail failed fails failing
    refuse refused refuses unable incapable lack lacks lacked false untrue denied denies deny rejected reject
    rejects unsuccessful unsuccessfully prevented prevents unlikely avoided stopped"""
)
NOT_NEGATING = (
    ("not", "only"),
    ("not", "just"),
    ("not", "merely"),
    ("not", "least"),
    ("no", "fewer"),
    ("no", "less"),
    ("no", "doubt"),
    ("no", "matter"),
)
DEBUNKING = (
    r"\b(?:is|are|was|were|been|be|as|rated|it) (?:\w+ ){0,2}(?:false|untrue|fake|a hoax|a myth|misleading|"
    r"baseless|fabricated|doctored|debunked|unfounded|satire|satirical|incorrect|inaccurate|manipulated)\b",
    r"\b(?:no|zero|without|any) (?:\w+ )?(?:evidence|proof|basis|record)\b",
    r"\b(?:false claims?|falsely|fake news|hoax|misinformation|disinformation|debunk\w*)\b",
    r"\bnot (?:true|correct|accurate|real|the case)\b",
)
# What others are said to believe: neither for nor against.
BELIEFS = (
    r"\b(?:misconceptions?|myths?|popular(?:ly)? belief|popularly believed|contrary to|"
    r"(?:many|some|most) (?:people )?(?:believe|think|assume)|legend|rumou?r(?:s|ed)?|"
    r"often (?:thought|believed|assumed))\b",
)
HEDGES = (
    r"\b(?:may|might|could|perhaps|possibly|allegedly|rumou?r(?:s|ed)?|unconfirmed|whether|if|supposedly)\b",
    r"\b(?:plans?|planned|intend(?:s|ed)?|want(?:s|ed)?|hope[sd]?|expected|attempted|tried|proposed) to\b",
    r"\b(?:would|will)\b",
)

SYNONYMS = """
kill dead die death deceased perish slay fatal fatality
troop soldier serviceman army
capture seize conquer occupy
begin start launch commence initiate
buy purchase acquire
film movie
win victory winner victorious triumph
marry wife husband spouse wed wedding marriage
bear birth birthplace native
author write writer
sing singer vocalist song
direct director
play player
star feature appear portray
large big huge
build construct erect construction
found establish create founder foundation
area territory land
oblast region province
reduce decrease decline drop fall cut lower reduction
increase rise grow raise growth higher
withdraw retreat pull withdrawal leave
end finish conclude cease
attack assault strike offensive
discover find discovery
invent inventor invention
doctor physician
company firm corporation business
child son daughter
injure wound injury
show demonstrate reveal
help aid assist assistance
destroy demolish destruction
arrest detain detention
car automobile vehicle
city town
release publish premiere issue
award prize medal
college university
elect election
job position role
lawyer attorney
use utilise utilize employ
resign quit
fire dismiss sack
defeat beat
many multiple several numerous
first initial original
picture image photo photograph
cause trigger induce
mother father parent
remain stay
deploy station
actor actress
associate link relate connect
require need necessary
agreement deal pact treaty
cancer tumor tumour
"""

OPPOSITES = """
increase reduce
win lose
alive kill
live kill
withdraw remain
withdraw deploy
hold lose
retain lose
capture lose
confirm deny
accept reject
approve reject
support oppose
approve ban
allow ban
begin end
open close
first last
before after
above below
always never
more less
more fewer
most least
male female
man woman
north south
east west
northern southern
eastern western
succeed fail
success failure
advance withdraw
guilty innocent
convict acquit
arrive leave
buy sell
join leave
import export
maximum minimum
major minor
majority minority
true false
old young
oldest youngest
older younger
large small
largest smallest
largest second-largest
long short
longest shortest
high low
early late
earlier later
earliest latest
good bad
positive negative
up down
rich poor
legal illegal
public private
single multiple
married single
married unmarried
present absent
safe dangerous
dependent independent
promote inhibit
activate inhibit
induce inhibit
enhance impair
improve worsen
promote prevent
cause prevent
gain lose
full partial
only multiple
attack defend
ally enemy
democratic republican
liberal conservative
catholic protestant
mother-only father-only
brother sister
king queen
actor politician
fiction nonfiction
fictional real
"""
