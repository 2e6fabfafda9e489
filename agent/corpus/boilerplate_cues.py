"""Words that a page says about itself. Each pattern is meant for text with its quotations blanked out.

English, French, German, Spanish, Ukrainian and Russian, for the outlets people check most.
"""

from __future__ import annotations

import re


def _any(*patterns: str, whole: bool = False) -> re.Pattern[str]:
    joined = "|".join(patterns)
    return re.compile(rf"\W*(?:{joined})\W*" if whole else rf"(?:{joined})", re.IGNORECASE)


APPEAL = _any(
    r"^\W*(?:please )?(?:subscribe|sign up|donate|become an? (?:\w+ )?(?:patron|member|supporter"
    r"|subscriber))\b",
    r"^\W*(?:please )?support (?:us|our|independent journalism|the \w+ by)\b",
    r"\bjoin (?:our|the) (?:\w+ )?(?:community|mailing list|channel|newsletter)\b.{0,200}\b(?:us|our|you)\b",
    r"\b(?:our|to the|free|daily|weekly) newsletters?\b.{0,200}\byou",
    r"\byour? .{0,200}\bour (?:\w+ )?newsletters?\b",
    r"^\W*(?:get|receive) (?:our|the) .{0,200}\b(?:inbox|newsletter|alerts)\b",
    r"\b(?:support|help) (?:of|from) (?:readers|people|subscribers|listeners) like you\b",
    r"\b(?:readers|supporters) like you\b|\bcup of coffee a (?:month|week)\b",
    r"\b(?:ask|need|appreciate|count on|rely on|depend on|thank you for) (?:for )?your (?:kind )?support\b",
    r"\bad ?-?blocker\b.{0,200}\b(?:us|our|your?)\b|\byour ad ?-?blocker\b",
    r"^\W*(?:abonnez-vous|soutenez|inscrivez-vous|faites un don|recevez (?:notre|nos|toute))\b",
    r"\bsoutenir (?:notre|nos) (?:travail|journal|journalistes)\b|\bnotre (?:lettre d.information"
    r"|newsletter)\b",
    r"^\W*(?:jetzt (?:abonnieren|spenden)|abonnieren sie|unterstützen sie|spenden sie)\b",
    r"^\W*(?:suscríbe(?:te|ase)|apoya nuestro|haz una donación)\b",
    r"^\W*(?:підпи(?:суйтес[ья]|шіться)|підтримайте|подпи(?:сывайтесь|шитесь)|поддержите)\b",
)
SELF_DESCRIPTION = _any(
    r"^\W*we(?: are|’re|'re) (?:an? |the )?(?:[\w-]+,? ){0,4}"
    r"(?:media|news|newsroom|newspaper|magazine|outlet|publication|website|blog|non-?profit)\b",
    r"^\W*our (?:journalism|newsroom|reporting|mission|journalists)\b.{0,200}\b(?:is|are|relies|depends|rely"
    r"|depend)\b",
    r"\bwe (?:do not|don’t|don't|may|might|can) (?:\w+ ){0,3}(?:endorse|commission)\b",
    r"^\W*nous sommes un (?:média|journal|site)\b|^\W*wir sind ein \w*(?:medium|magazin|redaktion)\b",
)
CORRECTION = _any(
    r"^\W*(?:correction|clarification|editor[’']s note|erratum|rectificatif"
    r"|korrektur)\s*(?:\([^)]*\))?\s*[:—–]",
    r"\b(?:suggest|report|submit|request|send us) (?:an? )?(?:corrections?|clarifications?|errors?"
    r"|typos?)\b",
    r"\b(?:suggestions|comments) or corrections\b|\bcorrections and clarifications\b",
    r"\b(?:an )?(?:earlier|previous) version of this (?:article|story|report|post|piece)\b",
    r"\bthis (?:article|story|post|report|piece) (?:was|has been) (?:first |originally )?"
    r"(?:updated|amended|corrected|edited|published|republished|translated)\b",
    r"\b(?:spotted|found|noticed|see) an? (?:error|mistake|typo)\b.{0,200}\b(?:us|text|here|ctrl)\b"
    r"|\bctrl ?\+ ?enter\b",
    r"\bune version (?:antérieure|précédente) de cet article\b|\bsignaler une (?:erreur|faute)\b",
)
INTERFACE = _any(
    r"(?:all )?rights? reserved\b|tous droits réservés|alle rechte vorbehalten|все права защищены",
    r"\b(?:we|this (?:web)?site|nous|ce site|wir|diese (?:web)?seite)\b.{0,200}\b(?:uses?|utilis\w+"
    r"|verwende\w*) (?:\w+ ){0,4}cookies\b",
    r"\baccept (?:all )?cookies\b|\bcookie (?:settings|policy|preferences)\b.{0,200}\byour?\b"
    r"|\baccepter les cookies\b",
    r"^\W*(?:click|tap) (?:here|on|to)\b|^\W*cliquez (?:ici|sur)\b|^\W*follow (?:us|\w+ on) (?:on )?",
    r"^\W*share (?:this|on|via)\b|^\W*partage[rz] (?:sur|cet)\b|^\W*skip to (?:main )?content\b",
    r"\b(?:views|opinions) expressed\b.{0,200}\b(?:author|do not|own)\b",
    r"\b(?:enable|turn on) javascript\b|\byour browser does not support\b",
    r"^\W*(?:have an? (?:story|tip)|got a (?:story|tip))\b.{0,200}\?|^\W*(?:contact|write to|email) us\b"
    r"|\bwrite to us (?:here|at)\b",
)
INTERFACE_LINE = _any(
    r"read more|read next|advertisement|sponsored(?: content)?|menu|search|home|log ?in|sign in|sign up"
    r"|subscribe",
    r"(?:share|tweet|print|e-?mail|comment|copy link|facebook|twitter|whatsapp|telegram|linkedin|x|\d"
    r"|[ ,|/·•])+",
    r"(?:\d+ )?comments?(?: \(?\d+\)?)?|leave a (?:comment|reply)|show comments|\d+ min(?:ute)?s? read",
    r"previous(?: \w+)?|next(?: \w+)?|load more|back to top|loading|watch(?: now)?|listen(?: now)?"
    r"|terms of (?:use|service)",
    r"privacy policy|contact(?: us)?|about us|newsletter|publicité|partager|commentaires?|s[’']abonner"
    r"|se connecter",
    r"lire plus|anzeige|werbung|teilen|kommentare?|реклама|поделиться|поділитися|thank you|merci|danke"
    r"|ends?|more to come",
    whole=True,
)
RELATED = _any(
    r"related(?: (?:posts?|articles?|stories|news|topics?|content|reading|coverage|links?))?|see also"
    r"|also read",
    r"read (?:also|more|next|on)|more (?:on|from|about) .{1,60}|further reading|recommended(?: for you"
    r"| reading)?",
    r"you (?:may|might) (?:also|be) (?:like|interested in)|most (?:read|popular|viewed)"
    r"|trending(?: now)?|don[’']t miss",
    r"(?:à )?lire aussi|à lire (?:également|ensuite)|sur le même (?:sujet|thème)|articles? liés?"
    r"|les plus lus",
    r"mehr zum thema|lesen sie auch|das könnte sie (?:auch )?interessieren|lea también"
    r"|le puede interesar|ver también",
    r"читайте (?:также|також|ещё|ще)|по теме|за темою|схожі (?:новини|статті)|похожие (?:новости|статьи)",
    whole=True,
)
RELATED_LEAD = _any(
    r"^\W*(?:read also|also read|read more|see also|related|(?:à )?lire aussi|à lire également"
    r"|lesen sie auch|lea también"
    r"|читайте (?:также|також))\s*[:—–|]"
)
CREDIT = _any(
    r"^\W*(?:photos?|pictures?|images?|foto|graphics?|illustration|video|crédit photo"
    r"|photo d[’']illustration|bild|фото)"
    r"(?: credits?)?\s*(?::|©|/|by\b|via\b|courtesy\b|from\b)",
    r"\b(?:photo|image|picture|file|archive) (?:credit|courtesy|via)\b|©\s*\w+|\bgetty images\b"
    r"|\bwikimedia commons\b",
    r"\b(?:illustrative|file|archive|stock|courtesy) (?:image|photo|picture)s?\b|\(?\bap photo\b",
    r"\b(?:photo|image) d[’'](?:illustration|archives?)\b|\bsymbolbild\b|\bfoto de archivo\b"
    r"|\bілюстративне фото\b",
    r"^\W*(?:additional |with )?(?:reporting|writing|editing|edited|translated|written) by [A-ZÀ-Ý]",
    r"\b(?:reuters|afp|epa|ap|dpa|ansa|tass|shutterstock|unsplash|flickr|imago)\s?/\s?[A-Z]"
    r"|/\s?(?:reuters|afp|epa|dpa|getty)\b",
)
PRONOUN_WE = _any(
    r"\b(?:we|us|our|ours|nous|notre|nos|wir|uns|unser\w*|nosotros|nuestr[oa]s?|мы|нас|наш\w*|ми|нам)\b"
)
PRONOUN_I = _any(r"\b(?:I|my|je|ich|я)\b|\bj['’]")
PRONOUN_YOU = _any(r"\b(?:you|your|yours|vous|votre|vos|usted|вы|вас|ваш\w*|ви)\b")
MEDIA = _any(
    r"\b(?:reporting|journalis[mt]s?|readers?|newsletter|subscri\w+|donat\w+|patrons?|ad ?-?blocker"
    r"|advertising revenue"
    r"|website|web page|this page|cookies?|content|sponsors?|membership|our (?:team|work|community"
    r"|coverage|products?)"
    r"|your (?:support|assistance|help|contribution|inbox|browser|email|e-mail))\b"
)
REPORTED = _any(
    r"\b(?:said|says|told|according to|announced|reported|reports|warned|stated|added|claimed|argued"
    r"|wrote|asked)\b",
    r"\b(?:a dit|a déclaré|selon|affirme|a annoncé|sagte|laut|erklärte|dijo|según|заявил\w*|сообщил\w*"
    r"|повідоми\w*)\b",
)
