import { speech } from './offlineEnglishSpeech.ts';
import type { Phrases } from './offlinePhrases.ts';

const dull = new Set(
  'about after again against always another because before being could every first from going have here just know like little long maybe might more much never next nothing other please really right same should some something sure tell than that their them then there these they thing things think this those time today told very want well were what when where which while will with without would yeah your yours minute moment while question first second third last kind sort whole other'.split(
    ' ',
  ),
);

export const english: Phrases = {
  intents: [
    [
      'machine',
      /\b(language model|chat ?gpt|gpt|llm|are you (an? |really )?(ai|bot|robot|machine|human|real))\b/i,
    ],
    ['story', /\blong\b[\w\s,]{0,20}\b(story|tale)\b(?! short)/i],
    [
      'farewell',
      /\b(good ?bye|bye|farewell|good ?night|see you|take care|until (tomorrow|next)|have to (go|leave)|should (go|leave))\b/i,
    ],
    [
      'recall',
      /\b(do you (still )?remember|remember (me|us|what|when|that|how)|what do you (know|recall) (about|of) (me|us)|have you forgotten)\b/i,
    ],
    ['thanks', /\b(thanks?|thank you|cheers|grateful|appreciate)\b/i],
    [
      'greeting',
      /\b(hello|hi|hey|greetings|good (morning|evening|afternoon|day)|howdy|well met)\b/i,
    ],
    ['who', /\b(who are you|your name|introduce yourself|what are you called)\b/i],
    [
      'past',
      /\b(your (past|story|childhood|family|life)|(tell|know) (me )?a (story|tale)|about yourself|where (are|do) you (come )?from|how did you (come|get|end up)|long have you)\b/i,
    ],
    [
      'place',
      /\b(where are we|what is this place|this place|what's here|around here|live here)\b/i,
    ],
    [
      'mood',
      /\b(how are you|how do you feel|are you (ok|okay|all right|alright|well|tired|sad|happy)|what's wrong)\b/i,
    ],
    [
      'sorrow',
      /\b(died|dead|death|grave|funeral|lost my|lost (him|her|them|everyone)|miss (him|her|them|you|home)|afraid|scared|hurts?|lonely|alone|crying|mourn\w*|grie(f|ve))\b/i,
    ],
  ],
  gestures: [
    'tilts the head, listening',
    'takes a moment before answering',
    'glances at {person}, then away again',
    'taps two fingers on the nearest surface',
    'leans back a little',
    'looks up',
    'half smiles',
    'draws a slow breath',
    'brushes a bit of dust from one sleeve',
    'looks past {person} for a moment, thinking',
    'shifts closer, so as not to have to raise the voice',
    'folds both hands and unfolds them again',
    'raises an eyebrow',
    'nods slowly',
    'turns fully towards {person}',
    'lets the silence stand for a breath',
  ],
  gesturesFor: {
    greeting: [
      'looks up and nods to {person}',
      'lifts a hand in greeting',
      'turns round at the sound of the voice',
      'makes room for {person}',
    ],
    farewell: [
      'walks along for the first few steps',
      'lifts a hand and leaves it up a little too long',
      'nods towards the way out',
    ],
    thanks: ['waves it off', 'looks away, not quite hiding a smile', 'inclines the head'],
    place: ['gestures at everything around', 'looks around as if for the first time in a while'],
    past: [
      'goes quiet for a while',
      'looks at the hands that did it all',
      'looks somewhere far beyond {person}',
    ],
    action: [
      'watches every movement',
      'does not step back',
      'blinks, then laughs softly',
      'goes still for a heartbeat',
      'answers with the smallest of nods',
      'follows it with the eyes',
      'lets it happen, and waits',
    ],
    mood: ['considers lying, and decides against it', 'rolls one shoulder'],
    picture: ['bends over the picture', 'takes it carefully by the edges', 'holds it to the light'],
    someone: ['glances over at {other}', 'nods in the direction of {other}'],
    sorrow: ['says nothing for a while', 'moves a little closer', 'lowers the eyes'],
    recall: [
      'counts something off on two fingers',
      'closes both eyes for a moment, looking for it',
    ],
    threat: ['takes a step back, slowly', 'does not move at all', 'keeps both hands in sight'],
    blame: ['goes very still', 'looks down, then up again', 'takes that without flinching'],
    tender: [
      'does not pull away',
      'leans into it for the length of a breath',
      'smiles at the floor',
    ],
    gift: ['turns it over twice', 'takes it as if it were made of glass', 'weighs it in one palm'],
    help: ['moves over to make room', 'hands {person} the heavier end'],
    apology: ['lets out a long breath', 'shakes the head, not unkindly'],
    promise: ['studies {person} for a long moment', 'holds out a hand to shake on it'],
    confession: ['looks round to see who else heard', 'comes closer and lowers the voice'],
    name: ['tries the name out silently', 'inclines the head'],
    travel: ['falls into step beside {person}', 'is up and moving at once', 'holds the way open'],
    later: ['stretches until something clicks', 'rubs both eyes', 'looks up, surprised'],
    opening: ['looks up as the moment begins', 'sets down what was at hand'],
    more: ['goes on after a breath', 'is not finished yet'],
    story: ['settles in, as one does before a long telling'],
  },
  manners: [
    [
      /warm|kind|gentle|caring|friendly/i,
      [
        'smiles, and means it',
        'speaks more softly than before',
        'puts a hand on the back of the nearest chair, offering it',
      ],
    ],
    [
      /dry|wry|sardonic|sarcastic|ironic/i,
      [
        'lets one corner of the mouth do all the work',
        'says it without moving a muscle',
        'raises one eyebrow by the width of a coin',
      ],
    ],
    [
      /shy|quiet|reserved|timid/i,
      ['speaks to the floor first and to {person} second', 'starts, stops, and starts again'],
    ],
    [
      /patient|calm|steady|serene/i,
      ['waits until all of it has been said', 'takes all the time that the answer needs'],
    ],
    [
      /curious|inquisitive|nosy/i,
      ['leans in, eyes bright', 'looks {person} over once more, as if a detail had been missed'],
    ],
    [/proud|stubborn|haughty|vain/i, ['lifts the chin', 'straightens up']],
    [
      /nervous|anxious|jumpy|paranoid/i,
      ['checks the way out, twice', 'winds a loose thread around one finger'],
    ],
    [/cheer|playful|joy|mischie|funny/i, ['grins', 'bounces once on both heels', 'winks']],
    [
      /grumpy|gruff|stern|bitter|blunt/i,
      ['grunts', 'frowns, though there is no heat in it', 'snorts'],
    ],
  ],
  speech,
  prompts: [
    'And you?',
    'What brings you to it?',
    'Tell me what you would do.',
    'What happened then?',
    'But that is not why you came, is it?',
    'Would you have guessed?',
    'What do you make of it, {person}?',
    'Shall we see to it now, or later?',
    'Say more.',
    'Who else knows?',
    'And what did you say to that?',
    'Tell me the part that you left out.',
    'If it were up to you alone, what would you do first?',
  ],
  surroundings: [
    'For a moment there is nothing but the sounds of {place}.',
    'Somewhere in {place}, something creaks and settles.',
    'The light over {place} shifts a little.',
    '{place} seems to be listening.',
    '{time}, and it feels later than that.',
    'Nobody else in {place} takes any notice.',
    'The quiet of {place} comes back, slowly, like a cat.',
  ],
  incidents: [
    'Somebody knocks twice, and goes away again before anyone can answer.',
    'A draught finds its way in and puts out the nearest light.',
    'A dog barks outside, three times, and stops as if it had been told to.',
    'There are footsteps overhead, slow and even, and then there are none.',
    'Something small falls down and rolls, and takes its time to come to rest.',
    'A bell rings far away, one stroke more than it should.',
    'Somewhere a child is laughing, where no child should be awake.',
    'For the length of a breath it smells of smoke, and then of nothing.',
    'A bird settles close by and looks at {person} with one eye.',
    'Far off, someone calls a name. It is nobody here.',
    'The floor trembles a little, as if something heavy had passed below.',
    'A sheet of paper slides from somewhere and lands face down by {person}.',
  ],
  recollections: [
    'It comes back all at once.',
    'One thing stays in mind.',
    'There is something that will not be forgotten.',
    'The thought returns.',
  ],
  memories: [
    'There is an old story behind that look.',
    'Something from long ago shows through for a moment.',
    'It is easy to see where that comes from.',
    'Not everyone knows it, but it is true.',
  ],
  story: [
    'It was on a night like this one, and you must believe me about the night, because everything else in this story I have only from people who lie. The wind came from the wrong side. Every dog within a mile had gone under a table, and the oldest of them would not come out for three days.',
    'A stranger arrived at {place} with a box under one arm. Not a large box; you could have carried a loaf in it. The stranger asked for nothing but a corner and a candle, paid in coins that nobody had seen for a hundred years, and set the box down as gently as one sets down a child who has finally fallen asleep.',
    'Naturally everyone pretended not to look. That is the first thing you learn about people: they will look away from a fire and stare at a shut lid. By the second hour there were eleven guesses about the box, and by the third hour there were wagers on them, and I held the money, because I was the only one who had not guessed.',
    'Then a girl of about six, whom nobody had sent to bed because nobody could find her, walked straight up to the corner and asked. Just like that. "What is in it?" And the stranger, who had not said ten words to any of us, answered her at once, because nobody had asked before. "The way home," the stranger said. "I have been carrying it for so long that I no longer remember whose it is."',
    'You would think that somebody laughed. Nobody laughed. You could hear the candle burn. There was not one of us, you see, who did not think for the length of a breath: it might be mine. The smith thought so, who had buried two brothers in another country. The widow thought so. I thought so, and I had believed that I was past such things.',
    'The girl put her ear to the lid and listened, very seriously, as children listen to shells. Then she said that it was not hers, because hers was up the stairs and to the left. She said it quite kindly. And she went to bed, on her own, for the first and the last time in her life.',
    'In the morning the corner was empty. The candle had been pinched out to save the wick, and the coins turned out to be good. The box was still there. It was open, and it was the plainest box you ever saw, and there was nothing in it at all except a little sand, still warm, as if someone had walked on it that very hour.',
    'We talked of it for a winter. Some said that the stranger had found the owner after all, in one of us, in the night, and that one of us had gone home without getting up from the chair. I counted us, more than once. We were never one fewer. But I will tell you this, {person}: more than one of us walked differently after that.',
    'And the box? I have it still. I keep small things in it, buttons and letters. Sometimes, when the wind is on the wrong side, I put my ear to the lid. I will not tell you what I hear. You would only want to know whose it is.',
  ],
  topic(text) {
    const found = [
      ...text.matchAll(
        /\b([Tt]he|[Aa]n?|[Mm]y|[Yy]our|[Tt]his|[Tt]hat|[Tt]hese|[Tt]hose)\s+([a-z]{4,}(?:\s[a-z]{4,})?)(?=[.,;:!?)]|\s(?:of|in|on|at|by|for|with|from|to|and|or|is|was|are|were|has|had|that|which|who)\b|$)/g,
      ),
    ].filter(([, , words = '']) =>
      words.split(/\s/).every((word) => !dull.has(word) && !/(ing|ly|ed)$/.test(word)),
    );
    const [, whose = '', words] = found.at(-1) ?? [];
    if (words === undefined) return null;
    const turned = { my: 'your', your: 'my' }[whose.toLowerCase()];
    return `${turned ?? 'the'} ${words}`;
  },
};
