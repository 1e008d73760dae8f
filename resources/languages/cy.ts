<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="cy" sourcelanguage="en">
 <context>
  <name>window</name>
  <message>
   <source>&amp;Backup</source>
   <translation>&amp;Copi wrth gefn</translation>
  </message>
  <message>
   <source>&amp;Damaged store</source>
   <translation>Storfa wedi'i &amp;difrodi</translation>
  </message>
  <message>
   <source>&amp;Folder</source>
   <translation>&amp;Ffolder</translation>
  </message>
  <message>
   <source>&amp;Passphrase</source>
   <translation>&amp;Cyfrinymadrodd</translation>
  </message>
  <message>
   <source>&amp;Why</source>
   <translation>&amp;Pam</translation>
  </message>
  <message>
   <source>(needed)</source>
   <translation>(angenrheidiol)</translation>
  </message>
  <message>
   <source>(sent or received: nothing shows which)</source>
   <translation>(anfonwyd neu derbyniwyd: nid oes dim yn dangos p'un)</translation>
  </message>
  <message>
   <source>(your own: {})</source>
   <translation>(eich un chi: {})</translation>
  </message>
  <message>
   <source>+ Add</source>
   <translation>+ Ychwanegu</translation>
  </message>
  <message>
   <source>1 April, or last Monday</source>
   <translation>1 April, last Monday (yn Saesneg)</translation>
  </message>
  <message>
   <source>1 case open</source>
   <translation>1 achos agored</translation>
  </message>
  <message>
   <source>3 March 2025, or empty for the beginning</source>
   <translation>3 March 2025, neu wag am y dechrau</translation>
  </message>
  <message>
   <source>4 August 2025; for a weekday empty where it was always so</source>
   <translation>4 August 2025; ar gyfer diwrnod o'r wythnos gwag os bu felly erioed</translation>
  </message>
  <message>
   <source>7/12, 9/3: hand-over and position; or empty</source>
   <translation>7/12, 9/3: trosglwyddiad a safle; neu’n wag</translation>
  </message>
  <message>
   <source>? unreadable –</source>
   <translation>? annarllenadwy –</translation>
  </message>
  <message>
   <source>A backup becomes a store in a new folder; the backup stays as it is. Everything in it is checked first. What was sealed after the backup is not in it, and the new store says so in a sealed record.</source>
   <translation>Daw copi wrth gefn yn storfa mewn ffolder newydd; mae'r copi yn aros fel y mae. Gwirir popeth ynddo yn gyntaf. Nid yw'r hyn a seliwyd ar ôl y copi ynddo, ac mae'r storfa newydd yn dweud hynny mewn cofnod wedi'i selio.</translation>
  </message>
  <message>
   <source>A backup is a folder with an encrypted copy of the store: on another drive, kept at work. It is tried as soon as it is made. The passphrase of today opens it.</source>
   <translation>Ffolder gyda chopi wedi'i amgryptio o'r storfa yw copi wrth gefn: ar yriant arall, wedi'i gadw yn y gwaith. Rhoddir prawf arno cyn gynted ag y'i gwneir. Cyfrinymadrodd heddiw sy'n ei agor.</translation>
  </message>
  <message>
   <source>A backup is the first way on. Without one, lock the store, choose Another store…, then Rescue a damaged store…: what can be read becomes a new store.</source>
   <translation>Copi wrth gefn yw'r ffordd gyntaf ymlaen. Heb un, clowch y storfa, dewiswch Storfa arall…, yna Achub storfa wedi'i difrodi…: daw'r hyn y gellir ei ddarllen yn storfa newydd.</translation>
  </message>
  <message>
   <source>A concern and the evidence that the employer was told of it, without saying whose records these are.</source>
   <translation>Pryder a'r dystiolaeth y dywedwyd wrth y cyflogwr amdano, heb ddweud cofnodion pwy yw'r rhain.</translation>
  </message>
  <message>
   <source>A concern and the evidence that the employer was told of it.</source>
   <translation>Pryder a'r dystiolaeth i'r cyflogwr gael gwybod amdano.</translation>
  </message>
  <message>
   <source>A concern taken to the next level</source>
   <translation>Pryder a godwyd i'r lefel nesaf</translation>
  </message>
  <message>
   <source>A date that somebody told me, and who told it</source>
   <translation>Dyddiad a ddywedodd rhywun wrthyf, a phwy a'i dywedodd</translation>
  </message>
  <message>
   <source>A day in words, or Alt and the down arrow for a calendar</source>
   <translation>Diwrnod mewn geiriau (yn Saesneg), neu Alt a'r saeth i lawr am galendr</translation>
  </message>
  <message>
   <source>A draft, not sent as far as the file shows</source>
   <translation>Drafft, heb ei anfon hyd y mae'r ffeil yn dangos</translation>
  </message>
  <message>
   <source>A few pages, without cover, index and annex</source>
   <translation>Ychydig dudalennau, heb glawr, mynegai ac atodiad</translation>
  </message>
  <message>
   <source>A file, not mail</source>
   <translation>Ffeil, nid e-bost</translation>
  </message>
  <message>
   <source>A folder that begins with evidence-trail-backup</source>
   <translation>Ffolder sy'n dechrau ag evidence-trail-backup</translation>
  </message>
  <message>
   <source>A letter with a clock of its own: access to my data, keeping evidence, a risk assessment, notice of what I hold</source>
   <translation>Llythyr â'i gloc ei hun: mynediad at fy nata, cadw tystiolaeth, asesiad risg, hysbysiad o'r hyn sydd gennyf</translation>
  </message>
  <message>
   <source>A list that somebody handed round</source>
   <translation>Rhestr a rannodd rhywun</translation>
  </message>
  <message>
   <source>A machine's transcript may have words that nobody said. Of a recording made without the others' knowledge take advice first.</source>
   <translation>Gall trawsgrifiad peiriant gynnwys geiriau na ddywedodd neb. Am recordiad a wnaed heb yn wybod i'r lleill, cymerwch gyngor yn gyntaf.</translation>
  </message>
  <message>
   <source>A manager, papers or an assessment that was not there</source>
   <translation>Rheolwr, papurau neu asesiad nad oedd yno</translation>
  </message>
  <message>
   <source>A manager, to count</source>
   <translation>Rheolwr, i gyfrif</translation>
  </message>
  <message>
   <source>A manager: records of my own, and what officers hand over to count</source>
   <translation>Rheolwr: fy nghofnodion fy hun, a'r hyn y mae swyddogion yn ei drosglwyddo i'w gyfrif</translation>
  </message>
  <message>
   <source>A matter in which I support a member, under a reference of mine</source>
   <translation>Mater lle rwy'n cefnogi aelod, o dan gyfeirnod i mi</translation>
  </message>
  <message>
   <source>A member's records for advice and representation, without anything that identifies a client.</source>
   <translation>Cofnodion aelod ar gyfer cyngor a chynrychiolaeth, heb ddim sy'n datgelu pwy yw cleient.</translation>
  </message>
  <message>
   <source>A message, a receipt or a reply, as a file</source>
   <translation>Neges, derbynneb neu ateb, fel ffeil</translation>
  </message>
  <message>
   <source>A new word</source>
   <translation>Gair newydd</translation>
  </message>
  <message>
   <source>A new, empty folder</source>
   <translation>Ffolder newydd, wag</translation>
  </message>
  <message>
   <source>A note marked so never goes into a bundle for the employer.</source>
   <translation>Nid yw nodyn sydd wedi'i farcio felly byth yn mynd i fwndel i'r cyflogwr.</translation>
  </message>
  <message>
   <source>A number that a system showed: before and after, and who showed it</source>
   <translation>Rhif a ddangosodd system: cynt ac wedyn, a phwy a'i dangosodd</translation>
  </message>
  <message>
   <source>A page without words that can be read out</source>
   <translation>Tudalen heb eiriau y gellir eu darllen yn uchel</translation>
  </message>
  <message>
   <source>A paper of mine that belongs to a member's case; it must identify no client</source>
   <translation>Papur i mi sy'n perthyn i achos aelod; rhaid iddo beidio ag adnabod unrhyw gleient</translation>
  </message>
  <message>
   <source>A policy or briefing as it was in force: which version, from when, and where it is written</source>
   <translation>Polisi neu gyfarwyddyd fel yr oedd mewn grym: pa fersiwn, o ba bryd, a ble mae wedi'i ysgrifennu</translation>
  </message>
  <message>
   <source>A private, tamper-evident record of instructions, decisions and concerns. It stays on this machine; nothing leaves it unless you export it.</source>
   <translation>Cofnod preifat o gyfarwyddiadau, penderfyniadau a phryderon, lle mae pob ymyrraeth i'w gweld. Mae'n aros ar y peiriant hwn; nid oes dim yn ei adael oni bai eich bod chi'n ei allforio.</translation>
  </message>
  <message>
   <source>A reaction is no answer. It says nothing on what was asked: the wait for an answer goes on.</source>
   <translation>Nid yw ymateb â symbol yn ateb. Nid yw'n dweud dim am yr hyn a ofynnwyd: mae'r aros am ateb yn parhau.</translation>
  </message>
  <message>
   <source>A receipt or report that does not say what became of the message</source>
   <translation>Derbynneb neu adroddiad nad yw'n dweud beth ddaeth o'r neges</translation>
  </message>
  <message>
   <source>A receipt was asked for, and none had come</source>
   <translation>Gofynnwyd am dderbynneb, ac nid oedd un wedi dod</translation>
  </message>
  <message>
   <source>A recipient may refuse one, and many programs never send one: it does not show that the message was not opened.</source>
   <translation>Gall derbynnydd wrthod un, ac nid yw llawer o raglenni byth yn anfon un: nid yw'n dangos na chafodd y neges ei hagor.</translation>
  </message>
  <message>
   <source>A request to countersign</source>
   <translation>Cais i gydlofnodi</translation>
  </message>
  <message>
   <source>A sentence to keep</source>
   <translation>Brawddeg i'w chadw</translation>
  </message>
  <message>
   <source>A union rep: what members hand over to me</source>
   <translation>Cynrychiolydd undeb: yr hyn y mae aelodau yn ei drosglwyddo i mi</translation>
  </message>
  <message>
   <source>A whole copy of the officer's records of one case or period, with nothing redacted.</source>
   <translation>Copi cyfan o gofnodion y swyddog o un achos neu gyfnod, heb olygu dim.</translation>
  </message>
  <message>
   <source>A year is being written down. This takes a few seconds.</source>
   <translation>Mae blwyddyn yn cael ei chofnodi. Mae hyn yn cymryd ychydig eiliadau.</translation>
  </message>
  <message>
   <source>A year of an invented officer in an invented office: instructions by mouth, concerns, mails with receipts, silence. Nobody in it exists. Change it, export it, break it: it is a store like any other, in a folder that you can delete.</source>
   <translation>Blwyddyn swyddog dychmygol mewn swyddfa ddychmygol: cyfarwyddiadau ar lafar, pryderon, negeseuon e-bost gyda derbynebau, tawelwch. Nid oes neb ynddi'n bodoli. Newidiwch hi, allforiwch hi, torrwch hi: storfa fel unrhyw un arall yw hi, mewn ffolder y gallwch ei dileu.</translation>
  </message>
  <message>
   <source>About</source>
   <translation>Ynghylch</translation>
  </message>
  <message>
   <source>about</source>
   <translation>tua</translation>
  </message>
  <message>
   <source>About and licences…</source>
   <translation>Ynghylch a thrwyddedau…</translation>
  </message>
  <message>
   <source>About Evidence Trail</source>
   <translation>Ynghylch Evidence Trail</translation>
  </message>
  <message>
   <source>about record {record}, by hand</source>
   <translation>ynghylch cofnod {record}, â llaw</translation>
  </message>
  <message>
   <source>About record {}. This</source>
   <translation>Ynghylch cofnod {}. Mae hwn</translation>
  </message>
  <message>
   <source>about {moment}</source>
   <translation>tua {moment}</translation>
  </message>
  <message>
   <source>above: what was told, raised, happened</source>
   <translation>uchod: yr hyn a ddywedwyd, a godwyd, a ddigwyddodd</translation>
  </message>
  <message>
   <source>Action mode</source>
   <translation>Modd gweithredu</translation>
  </message>
  <message>
   <source>Action: {what}</source>
   <translation>Gweithred: {what}</translation>
  </message>
  <message>
   <source>Actions agreed</source>
   <translation>Camau y cytunwyd arnynt</translation>
  </message>
  <message>
   <source>Add</source>
   <translation>Ychwanegu</translation>
  </message>
  <message>
   <source>Add an authority…</source>
   <translation>Ychwanegu awdurdod…</translation>
  </message>
  <message>
   <source>Add days…</source>
   <translation>Ychwanegu dyddiau…</translation>
  </message>
  <message>
   <source>Add it</source>
   <translation>Ei ychwanegu</translation>
  </message>
  <message>
   <source>Add the word</source>
   <translation>Ychwanegu'r gair</translation>
  </message>
  <message>
   <source>Add to it…</source>
   <translation>Ychwanegu ato…</translation>
  </message>
  <message>
   <source>Add to: {}</source>
   <translation>Ychwanegu at: {}</translation>
  </message>
  <message>
   <source>Add what came late…</source>
   <translation>Ychwanegu'r hyn a ddaeth yn hwyr…</translation>
  </message>
  <message>
   <source>ADDENDUM</source>
   <translation>ATODIAD</translation>
  </message>
  <message>
   <source>Address</source>
   <translation>Cyfeiriad</translation>
  </message>
  <message>
   <source>adds to it</source>
   <translation>yn ychwanegu ato</translation>
  </message>
  <message>
   <source>Advice of {}: {}</source>
   <translation>Cyngor {}: {}</translation>
  </message>
  <message>
   <source>Advice on time limits</source>
   <translation>Cyngor ar derfynau amser</translation>
  </message>
  <message>
   <source>After a week they are destroyed by themselves.</source>
   <translation>Ar ôl wythnos fe'u dinistrir ohonynt eu hunain.</translation>
  </message>
  <message>
   <source>after so long without one, that is listed with what is due; 0 for never</source>
   <translation>ar ôl cyhyd heb un, rhestrir hynny gyda'r hyn sy'n ddyledus; 0 am byth</translation>
  </message>
  <message>
   <source>after which a log that was stamped or countersigned before, and has grown since, is listed with what is due; 0 for never</source>
   <translation>ar ôl hynny rhestrir log a stampiwyd neu a gydlofnodwyd o’r blaen, ac sydd wedi tyfu ers hynny, gyda’r hyn sy’n ddyledus; 0 i beidio â gwneud hyn</translation>
  </message>
  <message>
   <source>after which a receipt that was asked for counts as not come</source>
   <translation>wedi hyn cyfrifir nad yw derbynneb y gofynnwyd amdani wedi dod</translation>
  </message>
  <message>
   <source>after which the window says that the last backup is old, if anything was sealed since</source>
   <translation>wedi hyn dywed y ffenestr fod y copi wrth gefn diwethaf yn hen, os seliwyd rhywbeth ers hynny</translation>
  </message>
  <message>
   <source>Agenda point</source>
   <translation>Pwynt ar yr agenda</translation>
  </message>
  <message>
   <source>Agreed by</source>
   <translation>Cytunwyd gan</translation>
  </message>
  <message>
   <source>Agreed that I hold their records</source>
   <translation>Cytunodd i mi gadw ei gofnodion</translation>
  </message>
  <message>
   <source>agrees</source>
   <translation>yn cytuno</translation>
  </message>
  <message>
   <source>All</source>
   <translation>Pob un</translation>
  </message>
  <message>
   <source>All cases</source>
   <translation>Pob achos</translation>
  </message>
  <message>
   <source>All of it</source>
   <translation>Y cyfan</translation>
  </message>
  <message>
   <source>All of it is held already; there is nothing to do.</source>
   <translation>Mae'r cyfan yma'n barod; nid oes dim i'w wneud.</translation>
  </message>
  <message>
   <source>all pages</source>
   <translation>pob tudalen</translation>
  </message>
  <message>
   <source>All reasonable steps were taken</source>
   <translation>Cymerwyd pob cam rhesymol</translation>
  </message>
  <message>
   <source>All saved</source>
   <translation>Popeth wedi'i gadw</translation>
  </message>
  <message>
   <source>all, or 1-3, 7</source>
   <translation>pob un, neu 1-3, 7</translation>
  </message>
  <message>
   <source>Allocated by</source>
   <translation>Dyrannwyd gan</translation>
  </message>
  <message>
   <source>Allocated once,</source>
   <translation>Dyrannwyd unwaith,</translation>
  </message>
  <message>
   <source>Allocated {count} times,</source>
   <translation>Sawl gwaith y dyrannwyd: {count},</translation>
  </message>
  <message>
   <source>Allocation</source>
   <translation>Dyraniad</translation>
  </message>
  <message>
   <source>allocation</source>
   <translation>dyraniad</translation>
  </message>
  <message>
   <source>Altered: look at the items marked so.</source>
   <translation>Wedi'i newid: edrychwch ar yr eitemau sydd wedi'u marcio felly.</translation>
  </message>
  <message>
   <source>An answer, or that none came by the date asked for</source>
   <translation>Ateb, neu na ddaeth un erbyn y dyddiad y gofynnwyd amdano</translation>
  </message>
  <message>
   <source>An area on page {}</source>
   <translation>Rhan o dudalen {}</translation>
  </message>
  <message>
   <source>An authority</source>
   <translation>Awdurdod</translation>
  </message>
  <message>
   <source>An authority that you trust says when it saw the head of your log: a hash, no word of any record. Save the request, carry it to a machine that reaches the authority, and take its answer in; or ask directly, if that is switched on in the settings. The file of a bundle can be stamped too: then the stamp is in the file, for whoever gets it.</source>
   <translation>Mae awdurdod yr ydych yn ymddiried ynddo yn dweud pryd y gwelodd ben eich log: hash, heb air o unrhyw gofnod. Cadwch y cais, ewch ag ef i beiriant sy’n cyrraedd yr awdurdod, a derbyniwch ei ateb; neu gofynnwch yn uniongyrchol, os yw hynny wedi’i droi ymlaen yn y gosodiadau. Gellir stampio ffeil bwndel hefyd: yna mae’r stamp yn y ffeil, i bwy bynnag sy’n ei chael.</translation>
  </message>
  <message>
   <source>An automatic reply is neither a receipt nor an answer.</source>
   <translation>Nid yw ateb awtomatig yn dderbynneb nac yn ateb.</translation>
  </message>
  <message>
   <source>An e-mail sent or received, as it was</source>
   <translation>E-bost a anfonwyd neu a dderbyniwyd, fel yr oedd</translation>
  </message>
  <message>
   <source>An issue shared by several members, with nobody identifiable</source>
   <translation>Mater a rennir gan sawl aelod, heb fod modd adnabod neb</translation>
  </message>
  <message>
   <source>An item of a calendar or folder shows what somebody noted there, not that anything was sent or took place.</source>
   <translation>Mae eitem mewn calendr neu ffolder yn dangos yr hyn a nododd rhywun yno, nid bod dim wedi'i anfon nac wedi digwydd.</translation>
  </message>
  <message>
   <source>An officer: records of my own</source>
   <translation>Swyddog: fy nghofnodion fy hun</translation>
  </message>
  <message>
   <source>An SFO, a death under supervision, an inquest, a disciplinary or a grievance</source>
   <translation>SFO, marwolaeth dan oruchwyliaeth, cwest, achos disgyblu neu gŵyn</translation>
  </message>
  <message>
   <source>An update comes as a file, by mail or on a stick: the program never asks for one. Drop it on this window, and see whose it is and what it changes.</source>
   <translation>Daw diweddariad fel ffeil, drwy e-bost neu ar gof bach: nid yw’r rhaglen byth yn gofyn am un. Gollyngwch y ffeil ar y ffenestr hon i weld pwy a’i llofnododd a beth mae’n ei newid.</translation>
  </message>
  <message>
   <source>And {} more.</source>
   <translation>A {} arall.</translation>
  </message>
  <message>
   <source>Another copy of a message that is held</source>
   <translation>Copi arall o neges sydd yma eisoes</translation>
  </message>
  <message>
   <source>another copy of message {record}</source>
   <translation>copi arall o neges {record}</translation>
  </message>
  <message>
   <source>Another log than before</source>
   <translation>Log arall i’r un o’r blaen</translation>
  </message>
  <message>
   <source>Another log under this name</source>
   <translation>Log arall o dan yr enw hwn</translation>
  </message>
  <message>
   <source>Another machine: nothing that identifies a client is kept</source>
   <translation>Peiriant arall: ni chedwir dim sy'n adnabod cleient</translation>
  </message>
  <message>
   <source>Another store is open. Lock it to open {}.</source>
   <translation>Mae storfa arall ar agor. Clowch hi i agor {}.</translation>
  </message>
  <message>
   <source>Another store…</source>
   <translation>Storfa arall…</translation>
  </message>
  <message>
   <source>Answer</source>
   <translation>Ateb</translation>
  </message>
  <message>
   <source>Answer asked for by {due}; {days} so far</source>
   <translation>Gofynnwyd am ateb erbyn {due}; hyd yma {days}</translation>
  </message>
  <message>
   <source>Answer due by, if somebody told you</source>
   <translation>Ateb erbyn, os dywedodd rhywun wrthych</translation>
  </message>
  <message>
   <source>Answer from {whom}</source>
   <translation>Ateb gan {whom}</translation>
  </message>
  <message>
   <source>Answer of the authority</source>
   <translation>Ateb yr awdurdod</translation>
  </message>
  <message>
   <source>Answer of {who} to an invitation: {responded}</source>
   <translation>Ateb {who} i wahoddiad: {responded}</translation>
  </message>
  <message>
   <source>Answer or reaction</source>
   <translation>Ateb neu ymateb</translation>
  </message>
  <message>
   <source>Answer promised or asked for by</source>
   <translation>Ateb wedi'i addo neu ei ofyn erbyn</translation>
  </message>
  <message>
   <source>Answered</source>
   <translation>Atebwyd</translation>
  </message>
  <message>
   <source>answered</source>
   <translation>atebwyd</translation>
  </message>
  <message>
   <source>Answered after {days}; asked for by {due}</source>
   <translation>Atebwyd ar ôl ({days}); gofynnwyd amdano erbyn {due}</translation>
  </message>
  <message>
   <source>Answered at</source>
   <translation>Atebwyd am</translation>
  </message>
  <message>
   <source>answered late</source>
   <translation>atebwyd yn hwyr</translation>
  </message>
  <message>
   <source>Answered on</source>
   <translation>Atebwyd ar</translation>
  </message>
  <message>
   <source>Answered without substance after {days}; asked for by {due}</source>
   <translation>Atebwyd heb sylwedd ar ôl ({days}); gofynnwyd amdano erbyn {due}</translation>
  </message>
  <message>
   <source>Answered, as its record says</source>
   <translation>Atebwyd, fel y dywed ei gofnod</translation>
  </message>
  <message>
   <source>Answers</source>
   <translation>Atebion</translation>
  </message>
  <message>
   <source>Answers (*.tsr);;All files (*)</source>
   <translation>Atebion (*.tsr);;Pob ffeil (*)</translation>
  </message>
  <message>
   <source>answers record {record}, by hand</source>
   <translation>yn ateb cofnod {record}, â llaw</translation>
  </message>
  <message>
   <source>any</source>
   <translation>unrhyw</translation>
  </message>
  <message>
   <source>anybody</source>
   <translation>unrhyw un</translation>
  </message>
  <message>
   <source>Anyone who checks the trail</source>
   <translation>Unrhyw un sy'n gwirio'r trywydd</translation>
  </message>
  <message>
   <source>Anything else worth keeping, such as advice received</source>
   <translation>Unrhyw beth arall gwerth ei gadw, fel cyngor a gafwyd</translation>
  </message>
  <message>
   <source>Appearance</source>
   <translation>Golwg</translation>
  </message>
  <message>
   <source>Appointment in a calendar</source>
   <translation>Apwyntiad mewn calendr</translation>
  </message>
  <message>
   <source>Area from {} % across and {} % down to {} % and {} %</source>
   <translation>Ardal o {} % ar draws a {} % i lawr hyd at {} % a {} %</translation>
  </message>
  <message>
   <source>As it stands on the member's card.</source>
   <translation>Fel y mae ar gerdyn yr aelod.</translation>
  </message>
  <message>
   <source>as the profile has it</source>
   <translation>fel y mae yn y proffil</translation>
  </message>
  <message>
   <source>as the program calls it</source>
   <translation>fel y mae'r rhaglen yn ei alw</translation>
  </message>
  <message>
   <source>as the record has it</source>
   <translation>fel y mae yn y cofnod</translation>
  </message>
  <message>
   <source>as the system</source>
   <translation>fel y system</translation>
  </message>
  <message>
   <source>As they were</source>
   <translation>Fel yr oeddent</translation>
  </message>
  <message>
   <source>Ask authorities and witnesses over the network</source>
   <translation>Gofyn i awdurdodau a thystion dros y rhwydwaith</translation>
  </message>
  <message>
   <source>Ask before you take it along: your contract and the employer's policy say what you may keep. Names are known only where you have set them: read it through before you hand it over. Files other than mails are shown only where somebody has looked through them for this bundle.</source>
   <translation>Gofynnwch cyn mynd ag ef gyda chi: eich contract a pholisi'r cyflogwr sy'n dweud beth y cewch ei gadw. Dim ond lle rydych wedi'u gosod y mae enwau'n hysbys: darllenwch drwyddo cyn ei drosglwyddo. Heblaw am e-byst, dim ond lle mae rhywun wedi edrych drwyddynt ar gyfer y bwndel hwn y dangosir ffeiliau.</translation>
  </message>
  <message>
   <source>Ask directly</source>
   <translation>Gofyn yn uniongyrchol</translation>
  </message>
  <message>
   <source>Asked on</source>
   <translation>Gofynnwyd ar</translation>
  </message>
  <message>
   <source>Asking…</source>
   <translation>Yn gofyn…</translation>
  </message>
  <message>
   <source>Assessment</source>
   <translation>Asesiad</translation>
  </message>
  <message>
   <source>assessment</source>
   <translation>asesiad</translation>
  </message>
  <message>
   <source>Assessments</source>
   <translation>Asesiadau</translation>
  </message>
  <message>
   <source>assessments</source>
   <translation>asesiadau</translation>
  </message>
  <message>
   <source>Assessments due</source>
   <translation>Asesiadau'n ddyledus</translation>
  </message>
  <message>
   <source>At a glance</source>
   <translation>Cipolwg</translation>
  </message>
  <message>
   <source>Attach files</source>
   <translation>Atodi ffeiliau</translation>
  </message>
  <message>
   <source>Attach files…</source>
   <translation>Atodi ffeiliau…</translation>
  </message>
  <message>
   <source>Attached files</source>
   <translation>Ffeiliau wedi'u hatodi</translation>
  </message>
  <message>
   <source>Attaching was stopped when the store was locked: look which files are there.</source>
   <translation>Ataliwyd yr atodi pan glowyd y storfa: edrychwch pa ffeiliau sydd yno.</translation>
  </message>
  <message>
   <source>Attaching…</source>
   <translation>Yn atodi…</translation>
  </message>
  <message>
   <source>Attachments are shown as pages</source>
   <translation>Dangosir atodiadau fel tudalennau</translation>
  </message>
  <message>
   <source>Attachments that are lost, by SHA-256</source>
   <translation>Atodiadau a gollwyd, yn ôl SHA-256</translation>
  </message>
  <message>
   <source>Authority</source>
   <translation>Awdurdod</translation>
  </message>
  <message>
   <source>Automatic reply from {whom}</source>
   <translation>Ateb awtomatig gan {whom}</translation>
  </message>
  <message>
   <source>Automatic reply from {whom}: {subject}</source>
   <translation>Ateb awtomatig gan {whom}: {subject}</translation>
  </message>
  <message>
   <source>Automatic reply: neither a receipt nor an answer</source>
   <translation>Ateb awtomatig: nid derbynneb ac nid ateb</translation>
  </message>
  <message>
   <source>Back</source>
   <translation>Yn ôl</translation>
  </message>
  <message>
   <source>Back (Alt+Left)</source>
   <translation>Yn ôl (Alt+Chwith)</translation>
  </message>
  <message>
   <source>Back up</source>
   <translation>Gwneud copi wrth gefn</translation>
  </message>
  <message>
   <source>Back up into which folder? Best on another drive</source>
   <translation>Copi wrth gefn i ba ffolder? Gorau ar yriant arall</translation>
  </message>
  <message>
   <source>Back up now…</source>
   <translation>Gwneud copi wrth gefn nawr…</translation>
  </message>
  <message>
   <source>Backed up and tried: {} records, {}, in {}.</source>
   <translation>Gwnaed copi wrth gefn a rhoddwyd prawf arno: cofnodion: {}, {}, yn {}.</translation>
  </message>
  <message>
   <source>Backup</source>
   <translation>Copi wrth gefn</translation>
  </message>
  <message>
   <source>bars: cases</source>
   <translation>barrau: achosion</translation>
  </message>
  <message>
   <source>Because</source>
   <translation>Oherwydd</translation>
  </message>
  <message>
   <source>before the authority's certificate ends: so long before, what is to be stamped anew is listed with what is due</source>
   <translation>cyn i dystysgrif yr awdurdod ddod i ben: cyhyd â hynny ymlaen llaw, rhestrir yr hyn sydd i’w stampio o’r newydd gyda’r hyn sy’n ddyledus</translation>
  </message>
  <message>
   <source>Begin</source>
   <translation>Dechrau</translation>
  </message>
  <message>
   <source>Begun first</source>
   <translation>Dechreuodd gyntaf</translation>
  </message>
  <message>
   <source>Being made anew…</source>
   <translation>Yn cael ei wneud o'r newydd…</translation>
  </message>
  <message>
   <source>Belongs to</source>
   <translation>Yn perthyn i</translation>
  </message>
  <message>
   <source>below: what falls due, by week</source>
   <translation>isod: yr hyn sy'n ddyledus, fesul wythnos</translation>
  </message>
  <message>
   <source>Beside the plan</source>
   <translation>Wrth ymyl y cynllun</translation>
  </message>
  <message>
   <source>besides English and Welsh: data files of Tesseract (NAME.traineddata, of its tessdata_fast) on this computer, each with its whole path</source>
   <translation>heblaw Saesneg a Chymraeg: ffeiliau data Tesseract (NAME.traineddata, o'i tessdata_fast) ar y cyfrifiadur hwn, pob un â'i lwybr cyfan</translation>
  </message>
  <message>
   <source>Bring in a folder of mail</source>
   <translation>Dod â ffolder o e-bost i mewn</translation>
  </message>
  <message>
   <source>Bring in mail</source>
   <translation>Dod ag e-bost i mewn</translation>
  </message>
  <message>
   <source>Bring in mail…</source>
   <translation>Dod ag e-bost i mewn…</translation>
  </message>
  <message>
   <source>Bring in the sent copy of the e-mail</source>
   <translation>Dod â'r copi a anfonwyd o'r e-bost i mewn</translation>
  </message>
  <message>
   <source>Bring in the sent copy…</source>
   <translation>Dod â'r copi a anfonwyd i mewn…</translation>
  </message>
  <message>
   <source>Bring it back</source>
   <translation>Dod ag ef yn ôl</translation>
  </message>
  <message>
   <source>Broken on</source>
   <translation>Torrwyd ar</translation>
  </message>
  <message>
   <source>Bundle</source>
   <translation>Bwndel</translation>
  </message>
  <message>
   <source>Bundles</source>
   <translation>Bwndeli</translation>
  </message>
  <message>
   <source>Bundles (*.pdf)</source>
   <translation>Bwndeli (*.pdf)</translation>
  </message>
  <message>
   <source>Bundles and seal receipts (*.pdf *.tlog-proof);;All files (*)</source>
   <translation>Bwndeli a derbynebau selio (*.pdf *.tlog-proof);;Pob ffeil (*)</translation>
  </message>
  <message>
   <source>By case</source>
   <translation>Fesul achos</translation>
  </message>
  <message>
   <source>by hand</source>
   <translation>â llaw</translation>
  </message>
  <message>
   <source>By risk</source>
   <translation>Yn ôl risg</translation>
  </message>
  <message>
   <source>By tier and need</source>
   <translation>Yn ôl haen ac angen</translation>
  </message>
  <message>
   <source>By type</source>
   <translation>Yn ôl math</translation>
  </message>
  <message>
   <source>By when</source>
   <translation>Erbyn pryd</translation>
  </message>
  <message>
   <source>By when, as I was told</source>
   <translation>Erbyn pryd, fel y dywedwyd wrthyf</translation>
  </message>
  <message>
   <source>By whom</source>
   <translation>Gan bwy</translation>
  </message>
  <message>
   <source>By whom, and which qualification</source>
   <translation>Gan bwy, a pha gymhwyster</translation>
  </message>
  <message>
   <source>by {}</source>
   <translation>erbyn {}</translation>
  </message>
  <message>
   <source>Bytes</source>
   <translation>Beitiau</translation>
  </message>
  <message>
   <source>Calendar</source>
   <translation>Calendr</translation>
  </message>
  <message>
   <source>Call {} and let them read their eight words to you. Here they are: {}</source>
   <translation>Ffoniwch {} a gadewch iddynt ddarllen eu hwyth gair i chi. Dyma nhw: {}</translation>
  </message>
  <message>
   <source>Came on</source>
   <translation>Daeth ar</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>Canslo</translation>
  </message>
  <message>
   <source>Cancel printing</source>
   <translation>Canslo argraffu</translation>
  </message>
  <message>
   <source>Cancelled. No backup was left there.</source>
   <translation>Canslwyd. Ni adawyd copi wrth gefn yno.</translation>
  </message>
  <message>
   <source>Cancelled. No file was written.</source>
   <translation>Canslwyd. Ni ysgrifennwyd ffeil.</translation>
  </message>
  <message>
   <source>Cancelled. Nothing was found out.</source>
   <translation>Canslwyd. Ni chanfuwyd dim.</translation>
  </message>
  <message>
   <source>Cancelled. Nothing was left in the folder.</source>
   <translation>Canslwyd. Ni adawyd dim yn y ffolder.</translation>
  </message>
  <message>
   <source>Cancelled. Nothing was taken in.</source>
   <translation>Wedi canslo. Ni dderbyniwyd dim.</translation>
  </message>
  <message>
   <source>Cancelled. What was sealed before stays sealed.</source>
   <translation>Canslwyd. Mae'r hyn a seliwyd cynt yn aros wedi'i selio.</translation>
  </message>
  <message>
   <source>Cancelled: the rest was not attached.</source>
   <translation>Canslwyd: ni atodwyd y gweddill.</translation>
  </message>
  <message>
   <source>Caps Lock is on.</source>
   <translation>Mae Caps Lock ymlaen.</translation>
  </message>
  <message>
   <source>Card</source>
   <translation>Cerdyn</translation>
  </message>
  <message>
   <source>Card taken in</source>
   <translation>Cerdyn a dderbyniwyd</translation>
  </message>
  <message>
   <source>card taken in</source>
   <translation>cerdyn a dderbyniwyd</translation>
  </message>
  <message>
   <source>Case</source>
   <translation>Achos</translation>
  </message>
  <message>
   <source>Case number</source>
   <translation>Rhif yr achos</translation>
  </message>
  <message>
   <source>case {case}</source>
   <translation>achos {case}</translation>
  </message>
  <message>
   <source>Case, other names, who it is</source>
   <translation>Achos, enwau eraill, pwy ydyw</translation>
  </message>
  <message>
   <source>Case: what is recorded of it</source>
   <translation>Achos: yr hyn a gofnodwyd amdano</translation>
  </message>
  <message>
   <source>Cases</source>
   <translation>Achosion</translation>
  </message>
  <message>
   <source>Cases and people</source>
   <translation>Achosion a phobl</translation>
  </message>
  <message>
   <source>Cases it covers</source>
   <translation>Achosion y mae'n eu cwmpasu</translation>
  </message>
  <message>
   <source>Cases of record {}</source>
   <translation>Achosion cofnod {}</translation>
  </message>
  <message>
   <source>Cases or people</source>
   <translation>Achosion neu bobl</translation>
  </message>
  <message>
   <source>Cases that it covers</source>
   <translation>Achosion y mae'n eu cwmpasu</translation>
  </message>
  <message>
   <source>Cases that it covers…</source>
   <translation>Achosion y mae'n eu cwmpasu…</translation>
  </message>
  <message>
   <source>Cases that were given to me: when, by whom, how I was told, and my load</source>
   <translation>Achosion a roddwyd i mi: pryd, gan bwy, sut y dywedwyd wrthyf, a'm llwyth</translation>
  </message>
  <message>
   <source>Cases, dates and advice</source>
   <translation>Achosion, dyddiadau a chyngor</translation>
  </message>
  <message>
   <source>Cases: {}</source>
   <translation>Achosion: {}</translation>
  </message>
  <message>
   <source>Certificates</source>
   <translation>Tystysgrifau</translation>
  </message>
  <message>
   <source>Certificates (*.pem *.crt *.cer);;All files (*)</source>
   <translation>Tystysgrifau (*.pem *.crt *.cer);;Pob ffeil (*)</translation>
  </message>
  <message>
   <source>Change it</source>
   <translation>Ei newid</translation>
  </message>
  <message>
   <source>Change of keys</source>
   <translation>Newid allweddi</translation>
  </message>
  <message>
   <source>change of keys</source>
   <translation>newid allweddi</translation>
  </message>
  <message>
   <source>Change the passphrase</source>
   <translation>Newid y cyfrinymadrodd</translation>
  </message>
  <message>
   <source>Change the passphrase…</source>
   <translation>Newid y cyfrinymadrodd…</translation>
  </message>
  <message>
   <source>Changed from</source>
   <translation>Newidiwyd o</translation>
  </message>
  <message>
   <source>Changed last</source>
   <translation>Newidiodd ddiwethaf</translation>
  </message>
  <message>
   <source>Changed to</source>
   <translation>Newidiwyd i</translation>
  </message>
  <message>
   <source>Changes</source>
   <translation>Newidiadau</translation>
  </message>
  <message>
   <source>Changes to hand round</source>
   <translation>Newidiadau i'w rhannu</translation>
  </message>
  <message>
   <source>Charged or happened on</source>
   <translation>Cyhuddwyd neu digwyddodd ar</translation>
  </message>
  <message>
   <source>Chart of the workload</source>
   <translation>Siart y llwyth gwaith</translation>
  </message>
  <message>
   <source>Check</source>
   <translation>Gwirio</translation>
  </message>
  <message>
   <source>Check an update file</source>
   <translation>Gwirio ffeil ddiweddaru</translation>
  </message>
  <message>
   <source>Check an update file…</source>
   <translation>Gwirio ffeil ddiweddaru…</translation>
  </message>
  <message>
   <source>Check this store</source>
   <translation>Gwirio'r storfa hon</translation>
  </message>
  <message>
   <source>Checked on</source>
   <translation>Gwiriwyd ar</translation>
  </message>
  <message>
   <source>checked {day}</source>
   <translation>gwiriwyd {day}</translation>
  </message>
  <message>
   <source>Checking {}…</source>
   <translation>Yn gwirio {}…</translation>
  </message>
  <message>
   <source>Checking…</source>
   <translation>Yn gwirio…</translation>
  </message>
  <message>
   <source>Checkpoint</source>
   <translation>Pwynt gwirio</translation>
  </message>
  <message>
   <source>Checkpoint that I countersigned before</source>
   <translation>Pwynt gwirio a gydlofnodais o'r blaen</translation>
  </message>
  <message>
   <source>Checkpoint that was stamped</source>
   <translation>Pwynt gwirio a stampiwyd</translation>
  </message>
  <message>
   <source>Child protection</source>
   <translation>Amddiffyn plant</translation>
  </message>
  <message>
   <source>child protection</source>
   <translation>amddiffyn plant</translation>
  </message>
  <message>
   <source>Choose a folder</source>
   <translation>Dewis ffolder</translation>
  </message>
  <message>
   <source>Choose a folder first.</source>
   <translation>Dewiswch ffolder yn gyntaf.</translation>
  </message>
  <message>
   <source>Choose a folder…</source>
   <translation>Dewis ffolder…</translation>
  </message>
  <message>
   <source>Choose a line above: what the mail says stands here, before anything is kept.</source>
   <translation>Dewiswch linell uchod: mae'r hyn y mae'r e-bost yn ei ddweud yma, cyn cadw dim.</translation>
  </message>
  <message>
   <source>Choose a plan, or begin one.</source>
   <translation>Dewiswch gynllun, neu dechreuwch un.</translation>
  </message>
  <message>
   <source>Choose a word in the list, and write the last day on which it is in use.</source>
   <translation>Dewiswch air yn y rhestr, ac ysgrifennwch y diwrnod olaf y mae'n cael ei ddefnyddio.</translation>
  </message>
  <message>
   <source>Choose files…</source>
   <translation>Dewis ffeiliau…</translation>
  </message>
  <message>
   <source>Choose from a calendar</source>
   <translation>Dewis o galendr</translation>
  </message>
  <message>
   <source>Choose or make an empty folder</source>
   <translation>Dewis neu greu ffolder wag</translation>
  </message>
  <message>
   <source>Choose the rest</source>
   <translation>Dewis y gweddill</translation>
  </message>
  <message>
   <source>Choose what is shown (Ctrl+F)</source>
   <translation>Dewis beth a ddangosir (Ctrl+F)</translation>
  </message>
  <message>
   <source>Choose…</source>
   <translation>Dewis…</translation>
  </message>
  <message>
   <source>Chronology</source>
   <translation>Cronoleg</translation>
  </message>
  <message>
   <source>Class</source>
   <translation>Dosbarth</translation>
  </message>
  <message>
   <source>Clear what was copied</source>
   <translation>Clirio'r hyn a gopïwyd</translation>
  </message>
  <message>
   <source>Client agreement</source>
   <translation>Cytundeb cleient</translation>
  </message>
  <message>
   <source>client agreement</source>
   <translation>cytundeb cleient</translation>
  </message>
  <message>
   <source>CLOCK WENT BACK</source>
   <translation>AETH Y CLOC YN ÔL</translation>
  </message>
  <message>
   <source>clock went back</source>
   <translation>aeth y cloc yn ôl</translation>
  </message>
  <message>
   <source>Clock went back.</source>
   <translation>Aeth y cloc yn ôl.</translation>
  </message>
  <message>
   <source>Close</source>
   <translation>Cau</translation>
  </message>
  <message>
   <source>Close, keep the draft</source>
   <translation>Cau, cadw'r drafft</translation>
  </message>
  <message>
   <source>closed</source>
   <translation>ar gau</translation>
  </message>
  <message>
   <source>Code {}</source>
   <translation>Cod {}</translation>
  </message>
  <message>
   <source>Collective item</source>
   <translation>Eitem gyfunol</translation>
  </message>
  <message>
   <source>collective item</source>
   <translation>eitem ar y cyd</translation>
  </message>
  <message>
   <source>Coming up</source>
   <translation>I ddod</translation>
  </message>
  <message>
   <source>Commands, cases and people</source>
   <translation>Gorchmynion, achosion a phobl</translation>
  </message>
  <message>
   <source>Community</source>
   <translation>Y gymuned</translation>
  </message>
  <message>
   <source>community</source>
   <translation>cymuned</translation>
  </message>
  <message>
   <source>Community orders</source>
   <translation>Gorchmynion cymunedol</translation>
  </message>
  <message>
   <source>Compared with what was said</source>
   <translation>Wedi'i gymharu â'r hyn a ddywedwyd</translation>
  </message>
  <message>
   <source>Concern</source>
   <translation>Pryder</translation>
  </message>
  <message>
   <source>concern</source>
   <translation>pryder</translation>
  </message>
  <message>
   <source>Concern raised</source>
   <translation>Codwyd pryder</translation>
  </message>
  <message>
   <source>Concern raised again</source>
   <translation>Codwyd pryder eto</translation>
  </message>
  <message>
   <source>Concern raised again with {whom}</source>
   <translation>Codwyd pryder eto gyda {whom}</translation>
  </message>
  <message>
   <source>Concern raised with {whom}</source>
   <translation>Codwyd pryder gyda {whom}</translation>
  </message>
  <message>
   <source>Concerns</source>
   <translation>Pryderon</translation>
  </message>
  <message>
   <source>Concerns raised</source>
   <translation>Pryderon a godwyd</translation>
  </message>
  <message>
   <source>Conditions, and what would change the decision</source>
   <translation>Amodau, a beth fyddai'n newid y penderfyniad</translation>
  </message>
  <message>
   <source>Confirm it back by e-mail</source>
   <translation>Ei gadarnhau'n ôl drwy e-bost</translation>
  </message>
  <message>
   <source>Conformance sheet</source>
   <translation>Taflen gydymffurfio</translation>
  </message>
  <message>
   <source>Consent ended on</source>
   <translation>Daeth cydsyniad i ben ar</translation>
  </message>
  <message>
   <source>Contact and intervention match the risk</source>
   <translation>Mae'r cyswllt a'r ymyrraeth yn cyfateb i'r risg</translation>
  </message>
  <message>
   <source>Contact in an address book</source>
   <translation>Cyswllt mewn llyfr cyfeiriadau</translation>
  </message>
  <message>
   <source>Contact type</source>
   <translation>Math o gyswllt</translation>
  </message>
  <message>
   <source>Contacts</source>
   <translation>Cysylltiadau</translation>
  </message>
  <message>
   <source>Contracted hours a week</source>
   <translation>Oriau cytundebol yr wythnos</translation>
  </message>
  <message>
   <source>Conversation of {count} message, {first} to {last}: {people}</source>
   <translation>Sgwrs (negeseuon: {count}), {first} hyd {last}: {people}</translation>
  </message>
  <message>
   <source>Conversation of {count} messages, {first} to {last}: {people}</source>
   <translation>Sgwrs (negeseuon: {count}), {first} hyd {last}: {people}</translation>
  </message>
  <message>
   <source>Copied to</source>
   <translation>Copi at</translation>
  </message>
  <message>
   <source>Copied unseen</source>
   <translation>Copi cudd at</translation>
  </message>
  <message>
   <source>Copied, as it would be saved. That it was drafted is sealed only when you save it.</source>
   <translation>Wedi'i gopïo, fel y byddai'n cael ei gadw. Dim ond pan gadwch ef y selir iddo gael ei ddrafftio.</translation>
  </message>
  <message>
   <source>Copied.</source>
   <translation>Wedi'i gopïo.</translation>
  </message>
  <message>
   <source>Copied. Change it and save.</source>
   <translation>Copïwyd. Newidiwch ef a'i gadw.</translation>
  </message>
  <message>
   <source>Copied: days, roles and words of lists. Read it as somebody would who knows the case.</source>
   <translation>Copïwyd: dyddiau, rolau a geiriau o restrau. Darllenwch ef fel y byddai rhywun sy'n adnabod yr achos.</translation>
  </message>
  <message>
   <source>Copied: paste it where you write the agenda. Read it through: it may name people.</source>
   <translation>Copïwyd: gludwch ef lle'r ydych yn ysgrifennu'r agenda. Darllenwch ef drwyddo: gall enwi pobl.</translation>
  </message>
  <message>
   <source>Copies</source>
   <translation>Copïau</translation>
  </message>
  <message>
   <source>Copy</source>
   <translation>Copïo</translation>
  </message>
  <message>
   <source>Copy as a learning extract</source>
   <translation>Copïo fel detholiad dysgu</translation>
  </message>
  <message>
   <source>Copy code</source>
   <translation>Copïo'r cod</translation>
  </message>
  <message>
   <source>Copy for nDelius</source>
   <translation>Copïo ar gyfer nDelius</translation>
  </message>
  <message>
   <source>Copy not yet on the case file: {record}: {words}</source>
   <translation>Nid yw'r copi ar ffeil yr achos eto: {record}: {words}</translation>
  </message>
  <message>
   <source>Copy on the case file</source>
   <translation>Copi ar ffeil yr achos</translation>
  </message>
  <message>
   <source>Copy the agenda</source>
   <translation>Copïo'r agenda</translation>
  </message>
  <message>
   <source>Copy the code</source>
   <translation>Copïo'r cod</translation>
  </message>
  <message>
   <source>Copy the text</source>
   <translation>Copïo'r testun</translation>
  </message>
  <message>
   <source>Copy the whole text</source>
   <translation>Copïo'r testun cyfan</translation>
  </message>
  <message>
   <source>Copy {}</source>
   <translation>Copïo {}</translation>
  </message>
  <message>
   <source>Copying the store…</source>
   <translation>Yn copïo'r storfa…</translation>
  </message>
  <message>
   <source>Copy…</source>
   <translation>Copïo…</translation>
  </message>
  <message>
   <source>Coroner, through the employer's lawyers</source>
   <translation>Crwner, drwy gyfreithwyr y cyflogwr</translation>
  </message>
  <message>
   <source>corrects it</source>
   <translation>yn ei gywiro</translation>
  </message>
  <message>
   <source>Corroboration</source>
   <translation>Cadarnhad</translation>
  </message>
  <message>
   <source>corroboration</source>
   <translation>cadarnhad</translation>
  </message>
  <message>
   <source>Could not be read as mail; kept as it came</source>
   <translation>Ni ellid ei ddarllen fel e-bost; cadwyd fel y daeth</translation>
  </message>
  <message>
   <source>Countersigned by a witness</source>
   <translation>Cydlofnodwyd gan dyst</translation>
  </message>
  <message>
   <source>countersigned by a witness</source>
   <translation>cydlofnodwyd gan dyst</translation>
  </message>
  <message>
   <source>Countersigned checkpoint</source>
   <translation>Pwynt gwirio a gydlofnodwyd</translation>
  </message>
  <message>
   <source>Countersigned for somebody</source>
   <translation>Cydlofnodwyd dros rywun</translation>
  </message>
  <message>
   <source>countersigned for somebody</source>
   <translation>cydlofnodwyd dros rywun</translation>
  </message>
  <message>
   <source>Countersigned, by the witness's clock</source>
   <translation>Cydlofnodwyd, yn ôl cloc y tyst</translation>
  </message>
  <message>
   <source>Counts</source>
   <translation>Cyfrifon</translation>
  </message>
  <message>
   <source>Counts alone, no record but the first</source>
   <translation>Cyfrifon yn unig, dim cofnod ond y cyntaf</translation>
  </message>
  <message>
   <source>Court, tribunal or panel</source>
   <translation>Llys, tribiwnlys neu banel</translation>
  </message>
  <message>
   <source>Cover and story</source>
   <translation>Clawr a stori</translation>
  </message>
  <message>
   <source>Cover and story…</source>
   <translation>Clawr a stori…</translation>
  </message>
  <message>
   <source>Custody</source>
   <translation>Y ddalfa</translation>
  </message>
  <message>
   <source>custody</source>
   <translation>dalfa</translation>
  </message>
  <message>
   <source>Cymraeg</source>
   <translation>Cymraeg</translation>
  </message>
  <message>
   <source>dark</source>
   <translation>tywyll</translation>
  </message>
  <message>
   <source>Date</source>
   <translation>Dyddiad</translation>
  </message>
  <message>
   <source>Date header as written</source>
   <translation>Pennawd dyddiad fel yr ysgrifennwyd</translation>
  </message>
  <message>
   <source>date only</source>
   <translation>dyddiad yn unig</translation>
  </message>
  <message>
   <source>date told: {}</source>
   <translation>dyddiad a ddywedwyd: {}</translation>
  </message>
  <message>
   <source>Dates</source>
   <translation>Dyddiadau</translation>
  </message>
  <message>
   <source>Day of the figure before</source>
   <translation>Diwrnod y ffigur cynt</translation>
  </message>
  <message>
   <source>Days</source>
   <translation>Dyddiau</translation>
  </message>
  <message>
   <source>days</source>
   <translation>diwrnod</translation>
  </message>
  <message>
   <source>Days on which I do not work</source>
   <translation>Dyddiau nad wyf yn gweithio</translation>
  </message>
  <message>
   <source>Deadline</source>
   <translation>Dyddiad cau</translation>
  </message>
  <message>
   <source>deadline</source>
   <translation>terfyn amser</translation>
  </message>
  <message>
   <source>Decision</source>
   <translation>Penderfyniad</translation>
  </message>
  <message>
   <source>decision</source>
   <translation>penderfyniad</translation>
  </message>
  <message>
   <source>Decisions</source>
   <translation>Penderfyniadau</translation>
  </message>
  <message>
   <source>declines</source>
   <translation>yn gwrthod</translation>
  </message>
  <message>
   <source>defers</source>
   <translation>yn gohirio</translation>
  </message>
  <message>
   <source>delayed to {whom}</source>
   <translation>oedwyd i {whom}</translation>
  </message>
  <message>
   <source>Delayed; the server was still trying</source>
   <translation>Wedi'i oedi; roedd y gweinydd yn dal i geisio</translation>
  </message>
  <message>
   <source>delegates</source>
   <translation>yn dirprwyo</translation>
  </message>
  <message>
   <source>Delete it</source>
   <translation>Ei ddileu</translation>
  </message>
  <message>
   <source>Delete the draft</source>
   <translation>Dileu'r drafft</translation>
  </message>
  <message>
   <source>Deleted in the last week</source>
   <translation>Wedi'u dileu yn yr wythnos ddiwethaf</translation>
  </message>
  <message>
   <source>Deleted without being displayed, according to the receipt</source>
   <translation>Wedi'i ddileu heb ei ddangos, yn ôl y dderbynneb</translation>
  </message>
  <message>
   <source>Delivered to a list and passed on to its members</source>
   <translation>Wedi'i ddanfon i restr a'i drosglwyddo i'w haelodau</translation>
  </message>
  <message>
   <source>Delivered to the mailbox or list, according to the mail server</source>
   <translation>Wedi'i ddanfon i'r blwch post neu'r rhestr, yn ôl y gweinydd e-bost</translation>
  </message>
  <message>
   <source>delivered to {whom}</source>
   <translation>danfonwyd i {whom}</translation>
  </message>
  <message>
   <source>Deriving every hash of the copy again…</source>
   <translation>Yn cyfrifo pob stwnsh o'r copi eto…</translation>
  </message>
  <message>
   <source>Destroy the deleted drafts?</source>
   <translation>Dinistrio'r drafftiau a ddilëwyd?</translation>
  </message>
  <message>
   <source>Destroy them</source>
   <translation>Eu dinistrio</translation>
  </message>
  <message>
   <source>Destroy them now</source>
   <translation>Eu dinistrio nawr</translation>
  </message>
  <message>
   <source>Details</source>
   <translation>Manylion</translation>
  </message>
  <message>
   <source>diamonds: WMT per cent</source>
   <translation>diemwntau: WMT y cant</translation>
  </message>
  <message>
   <source>Direction</source>
   <translation>Cyfeiriad</translation>
  </message>
  <message>
   <source>Discussed at</source>
   <translation>Trafodwyd yn</translation>
  </message>
  <message>
   <source>Disposal</source>
   <translation>Gwaredu</translation>
  </message>
  <message>
   <source>disposal</source>
   <translation>gwaredu</translation>
  </message>
  <message>
   <source>DKIM key records</source>
   <translation>Cofnodion allweddi DKIM</translation>
  </message>
  <message>
   <source>DKIM key records…</source>
   <translation>Cofnodion allweddi DKIM…</translation>
  </message>
  <message>
   <source>DKIM signature of the sending domain</source>
   <translation>Llofnod DKIM y parth anfon</translation>
  </message>
  <message>
   <source>Document</source>
   <translation>Dogfen</translation>
  </message>
  <message>
   <source>document</source>
   <translation>dogfen</translation>
  </message>
  <message>
   <source>Domain</source>
   <translation>Parth</translation>
  </message>
  <message>
   <source>Domain or address</source>
   <translation>Parth neu gyfeiriad</translation>
  </message>
  <message>
   <source>domains such as *.gov.uk, or single addresses, that may get what identifies a client</source>
   <translation>parthau fel *.gov.uk, neu gyfeiriadau unigol, a all dderbyn yr hyn sy'n adnabod cleient</translation>
  </message>
  <message>
   <source>Domestic abuse</source>
   <translation>Cam-drin domestig</translation>
  </message>
  <message>
   <source>domestic abuse</source>
   <translation>cam-drin domestig</translation>
  </message>
  <message>
   <source>Done</source>
   <translation>Wedi gorffen</translation>
  </message>
  <message>
   <source>Done on</source>
   <translation>Gwnaed ar</translation>
  </message>
  <message>
   <source>Down</source>
   <translation>I lawr</translation>
  </message>
  <message>
   <source>Down chooses, Enter does it; Enter alone goes to the records that were found</source>
   <translation>Mae'r saeth i lawr yn dewis, Enter yn ei wneud; mae Enter yn unig yn mynd i'r cofnodion a gafwyd</translation>
  </message>
  <message>
   <source>Draft the e-mail that raises it</source>
   <translation>Drafftio'r e-bost sy'n ei godi</translation>
  </message>
  <message>
   <source>Draft the e-mail…</source>
   <translation>Drafftio'r e-bost…</translation>
  </message>
  <message>
   <source>Draft, not saved yet</source>
   <translation>Drafft, heb ei gadw eto</translation>
  </message>
  <message>
   <source>Draft, saved {}, only you can see it</source>
   <translation>Drafft, cadwyd {}, dim ond chi all ei weld</translation>
  </message>
  <message>
   <source>drafted</source>
   <translation>drafftiwyd</translation>
  </message>
  <message>
   <source>Drafted e-mail</source>
   <translation>E-bost wedi'i ddrafftio</translation>
  </message>
  <message>
   <source>drafted e-mail</source>
   <translation>e-bost a ddrafftiwyd</translation>
  </message>
  <message>
   <source>Drafts</source>
   <translation>Drafftiau</translation>
  </message>
  <message>
   <source>Drafts that were deleted in the last week</source>
   <translation>Drafftiau a ddilëwyd yn yr wythnos ddiwethaf</translation>
  </message>
  <message>
   <source>Draw over what is to be withheld; or press Enter on the page, and move the area with the arrow keys.</source>
   <translation>Tynnwch lun dros yr hyn sydd i'w gadw'n ôl; neu pwyswch Enter ar y dudalen, a symud yr ardal â'r saethau.</translation>
  </message>
  <message>
   <source>Drawing pages</source>
   <translation>Yn tynnu tudalennau</translation>
  </message>
  <message>
   <source>drop them anywhere on the page</source>
   <translation>gollyngwch nhw unrhyw le ar y dudalen</translation>
  </message>
  <message>
   <source>Due</source>
   <translation>Yn ddyledus</translation>
  </message>
  <message>
   <source>Due by</source>
   <translation>I'w wneud erbyn</translation>
  </message>
  <message>
   <source>Due by; of one that is done, the next</source>
   <translation>I'w wneud erbyn; o un a wnaed, y nesaf</translation>
  </message>
  <message>
   <source>Due on</source>
   <translation>Yn ddyledus ar</translation>
  </message>
  <message>
   <source>Due within 14 days</source>
   <translation>Yn ddyledus o fewn 14 diwrnod</translation>
  </message>
  <message>
   <source>due {day}</source>
   <translation>erbyn {day}</translation>
  </message>
  <message>
   <source>Due: {record}: {words}</source>
   <translation>I'w wneud: {record}: {words}</translation>
  </message>
  <message>
   <source>E-mail drafted</source>
   <translation>Drafftiwyd e-bost</translation>
  </message>
  <message>
   <source>E-mail drafted to {whom}</source>
   <translation>Drafftiwyd e-bost at {whom}</translation>
  </message>
  <message>
   <source>E-mail for {} {}</source>
   <translation>E-bost ar gyfer {} {}</translation>
  </message>
  <message>
   <source>Each case on a line</source>
   <translation>Pob achos ar linell</translation>
  </message>
  <message>
   <source>Each reference is sealed for itself: one can be shown without the others.</source>
   <translation>Caiff pob cyfeirnod ei selio ar ei ben ei hun: gellir dangos un heb y lleill.</translation>
  </message>
  <message>
   <source>earliest first</source>
   <translation>cynharaf yn gyntaf</translation>
  </message>
  <message>
   <source>Effect</source>
   <translation>Effaith</translation>
  </message>
  <message>
   <source>Either words or a whole field, not both.</source>
   <translation>Naill ai geiriau neu faes cyfan, nid y ddau.</translation>
  </message>
  <message>
   <source>Employer's reply</source>
   <translation>Ateb y cyflogwr</translation>
  </message>
  <message>
   <source>empty for one day, or for a weekday until further notice</source>
   <translation>gwag am un diwrnod, neu am ddiwrnod o'r wythnos hyd nes y dywedir yn wahanol</translation>
  </message>
  <message>
   <source>Encrypted for</source>
   <translation>Wedi’i amgryptio ar gyfer</translation>
  </message>
  <message>
   <source>Encrypted to the owner of the log</source>
   <translation>Wedi’i amgryptio i berchennog y log</translation>
  </message>
  <message>
   <source>End the chosen word</source>
   <translation>Rhoi terfyn ar y gair a ddewiswyd</translation>
  </message>
  <message>
   <source>ends</source>
   <translation>yn dod i ben</translation>
  </message>
  <message>
   <source>English</source>
   <translation>English</translation>
  </message>
  <message>
   <source>Enough for what I am asked to do</source>
   <translation>Digon ar gyfer yr hyn y gofynnir i mi ei wneud</translation>
  </message>
  <message>
   <source>Entered</source>
   <translation>Cofnodwyd</translation>
  </message>
  <message>
   <source>Entry on nDelius</source>
   <translation>Cofnod yn nDelius</translation>
  </message>
  <message>
   <source>Escalation</source>
   <translation>Uwchgyfeirio</translation>
  </message>
  <message>
   <source>escalation</source>
   <translation>uwchgyfeirio</translation>
  </message>
  <message>
   <source>even pages</source>
   <translation>tudalennau eilrif</translation>
  </message>
  <message>
   <source>every day</source>
   <translation>bob dydd</translation>
  </message>
  <message>
   <source>Every export is sealed, and every print with the place where its paper is kept. Nothing here can be taken back.</source>
   <translation>Selir pob allforiad, a phob argraffiad gyda'r lle y cedwir ei bapur. Ni ellir tynnu dim yma yn ôl.</translation>
  </message>
  <message>
   <source>Every hash is derived again and compared</source>
   <translation>Deillir pob hash eto a'i gymharu</translation>
  </message>
  <message>
   <source>Every hash of the store is derived again and compared; or a bundle or seal receipt is verified.</source>
   <translation>Cyfrifir pob stwnsh o'r storfa eto a'i gymharu; neu gwirir bwndel neu dderbynneb selio.</translation>
  </message>
  <message>
   <source>every {}</source>
   <translation>bob {}</translation>
  </message>
  <message>
   <source>every {} from {}</source>
   <translation>bob {} o {}</translation>
  </message>
  <message>
   <source>every {} from {} to {}</source>
   <translation>bob {} o {} hyd {}</translation>
  </message>
  <message>
   <source>every {} to {}</source>
   <translation>bob {} hyd {}</translation>
  </message>
  <message>
   <source>everybody whom it is about</source>
   <translation>pawb y mae’n ymwneud â nhw</translation>
  </message>
  <message>
   <source>Everything that a rep holds about one member, for that member.</source>
   <translation>Popeth y mae cynrychiolydd yn ei ddal am un aelod, i'r aelod hwnnw.</translation>
  </message>
  <message>
   <source>Evidence Trail</source>
   <translation>Evidence Trail</translation>
  </message>
  <message>
   <source>exact</source>
   <translation>union</translation>
  </message>
  <message>
   <source>Exact match: it names the message's own identifier.</source>
   <translation>Cyfatebiaeth union: mae'n enwi dynodwr y neges ei hun.</translation>
  </message>
  <message>
   <source>Exact words worth keeping</source>
   <translation>Union eiriau gwerth eu cadw</translation>
  </message>
  <message>
   <source>Exhibit</source>
   <translation>Arddangosyn</translation>
  </message>
  <message>
   <source>Export</source>
   <translation>Allforio</translation>
  </message>
  <message>
   <source>export</source>
   <translation>allforio</translation>
  </message>
  <message>
   <source>Export the bundle as</source>
   <translation>Allforio'r bwndel fel</translation>
  </message>
  <message>
   <source>Exported: {}</source>
   <translation>Allforiwyd: {}</translation>
  </message>
  <message>
   <source>Exporting…</source>
   <translation>Yn allforio…</translation>
  </message>
  <message>
   <source>Exports and prints</source>
   <translation>Allforion ac argraffiadau</translation>
  </message>
  <message>
   <source>Export…</source>
   <translation>Allforio…</translation>
  </message>
  <message>
   <source>Facility time</source>
   <translation>Amser cyfleuster</translation>
  </message>
  <message>
   <source>facility time</source>
   <translation>amser cyfleuster</translation>
  </message>
  <message>
   <source>Fields for lawyers</source>
   <translation>Meysydd i gyfreithwyr</translation>
  </message>
  <message>
   <source>Fields for the union</source>
   <translation>Meysydd i'r undeb</translation>
  </message>
  <message>
   <source>Fields that are withheld</source>
   <translation>Meysydd a gedwir yn ôl</translation>
  </message>
  <message>
   <source>Fields withheld</source>
   <translation>Meysydd a gadwyd yn ôl</translation>
  </message>
  <message>
   <source>Figure</source>
   <translation>Ffigur</translation>
  </message>
  <message>
   <source>Figure before</source>
   <translation>Ffigur cynt</translation>
  </message>
  <message>
   <source>Figure of a system</source>
   <translation>Ffigur system</translation>
  </message>
  <message>
   <source>figure of a system</source>
   <translation>ffigur system</translation>
  </message>
  <message>
   <source>File</source>
   <translation>Ffeil</translation>
  </message>
  <message>
   <source>Files</source>
   <translation>Ffeiliau</translation>
  </message>
  <message>
   <source>Files are shown only where somebody has looked through them</source>
   <translation>Dim ond lle mae rhywun wedi edrych drwyddynt y dangosir ffeiliau</translation>
  </message>
  <message>
   <source>Files are shown only where somebody has looked through them for this bundle.</source>
   <translation>Dim ond lle mae rhywun wedi edrych drwyddynt ar gyfer y bwndel hwn y dangosir ffeiliau.</translation>
  </message>
  <message>
   <source>Files are still being attached: wait for them, or press Cancel.</source>
   <translation>Mae ffeiliau'n dal i gael eu hatodi: arhoswch amdanynt, neu pwyswch Canslo.</translation>
  </message>
  <message>
   <source>Files in it:</source>
   <translation>Ffeiliau ynddo:</translation>
  </message>
  <message>
   <source>Files of record {}</source>
   <translation>Ffeiliau cofnod {}</translation>
  </message>
  <message>
   <source>Filter…</source>
   <translation>Hidlo…</translation>
  </message>
  <message>
   <source>Find a case or a person</source>
   <translation>Dod o hyd i achos neu berson</translation>
  </message>
  <message>
   <source>Find a member</source>
   <translation>Dod o hyd i aelod</translation>
  </message>
  <message>
   <source>Find a setting</source>
   <translation>Dod o hyd i osodiad</translation>
  </message>
  <message>
   <source>Find an officer</source>
   <translation>Dod o hyd i swyddog</translation>
  </message>
  <message>
   <source>Find and read</source>
   <translation>Canfod a darllen</translation>
  </message>
  <message>
   <source>Find in the guide</source>
   <translation>Dod o hyd yn y canllaw</translation>
  </message>
  <message>
   <source>Find on the pages</source>
   <translation>Chwilio ar y tudalennau</translation>
  </message>
  <message>
   <source>First outside clock</source>
   <translation>Cloc allanol cyntaf</translation>
  </message>
  <message>
   <source>First sealed on</source>
   <translation>Seliwyd gyntaf ar</translation>
  </message>
  <message>
   <source>First time</source>
   <translation>Y tro cyntaf</translation>
  </message>
  <message>
   <source>Folder</source>
   <translation>Ffolder</translation>
  </message>
  <message>
   <source>For</source>
   <translation>Ar gyfer</translation>
  </message>
  <message>
   <source>for drafts, and to tell when a copy skips a level; as text: Name; role; address</source>
   <translation>ar gyfer drafftiau, ac i ddweud pan fo copi yn hepgor lefel; fel testun: Enw; rôl; cyfeiriad</translation>
  </message>
  <message>
   <source>For the message</source>
   <translation>Ar gyfer y neges</translation>
  </message>
  <message>
   <source>For union reps</source>
   <translation>Ar gyfer cynrychiolwyr undeb</translation>
  </message>
  <message>
   <source>For whom</source>
   <translation>I bwy</translation>
  </message>
  <message>
   <source>For Word and tables</source>
   <translation>Ar gyfer Word a thablau</translation>
  </message>
  <message>
   <source>Forget</source>
   <translation>Anghofio</translation>
  </message>
  <message>
   <source>Forget it</source>
   <translation>Ei anghofio</translation>
  </message>
  <message>
   <source>Formal request</source>
   <translation>Cais ffurfiol</translation>
  </message>
  <message>
   <source>formal request</source>
   <translation>cais ffurfiol</translation>
  </message>
  <message>
   <source>Format</source>
   <translation>Fformat</translation>
  </message>
  <message>
   <source>Forward (Alt+Right)</source>
   <translation>Ymlaen (Alt+De)</translation>
  </message>
  <message>
   <source>Four or more words that only you would put together. Nobody can reset it.</source>
   <translation>Pedwar gair neu fwy na fyddai neb ond chi yn eu rhoi gyda'i gilydd. Ni all neb ei ailosod.</translation>
  </message>
  <message>
   <source>From</source>
   <translation>O</translation>
  </message>
  <message>
   <source>from</source>
   <translation>o</translation>
  </message>
  <message>
   <source>From the first that was said to the last: {changes}.</source>
   <translation>O'r cyntaf a nodwyd i'r olaf: {changes}.</translation>
  </message>
  <message>
   <source>from the first to the last</source>
   <translation>o'r cyntaf i'r olaf</translation>
  </message>
  <message>
   <source>From the template again</source>
   <translation>O'r templed eto</translation>
  </message>
  <message>
   <source>From whom</source>
   <translation>Gan bwy</translation>
  </message>
  <message>
   <source>from {day}</source>
   <translation>o {day}</translation>
  </message>
  <message>
   <source>From {first} to {last}. {counts}.</source>
   <translation>O {first} hyd {last}. {counts}.</translation>
  </message>
  <message>
   <source>from {}</source>
   <translation>o {}</translation>
  </message>
  <message>
   <source>Full-time equivalent</source>
   <translation>Cyfwerth ag amser llawn</translation>
  </message>
  <message>
   <source>Further languages on scans</source>
   <translation>Ieithoedd eraill ar sganiau</translation>
  </message>
  <message>
   <source>Gap or absence</source>
   <translation>Bwlch neu absenoldeb</translation>
  </message>
  <message>
   <source>gap or absence</source>
   <translation>bwlch neu absenoldeb</translation>
  </message>
  <message>
   <source>Gaps</source>
   <translation>Bylchau</translation>
  </message>
  <message>
   <source>Get advice from your union or a lawyer. The program does not say whether it is one.</source>
   <translation>Ceisiwch gyngor gan eich undeb neu gyfreithiwr. Nid yw'r rhaglen yn dweud a ydyw'n un.</translation>
  </message>
  <message>
   <source>Give it a name.</source>
   <translation>Rhowch enw iddo.</translation>
  </message>
  <message>
   <source>Give the plan a name.</source>
   <translation>Rhowch enw i'r cynllun.</translation>
  </message>
  <message>
   <source>Given by</source>
   <translation>Rhoddwyd gan</translation>
  </message>
  <message>
   <source>Go on</source>
   <translation>Ymlaen</translation>
  </message>
  <message>
   <source>Go on with it</source>
   <translation>Parhau ag ef</translation>
  </message>
  <message>
   <source>Go there</source>
   <translation>Mynd yno</translation>
  </message>
  <message>
   <source>Good afternoon</source>
   <translation>Prynhawn da</translation>
  </message>
  <message>
   <source>Good evening</source>
   <translation>Noswaith dda</translation>
  </message>
  <message>
   <source>Good morning</source>
   <translation>Bore da</translation>
  </message>
  <message>
   <source>Good practice</source>
   <translation>Arfer da</translation>
  </message>
  <message>
   <source>good practice</source>
   <translation>arfer da</translation>
  </message>
  <message>
   <source>Grade</source>
   <translation>Gradd</translation>
  </message>
  <message>
   <source>Grievance hearing</source>
   <translation>Gwrandawiad cwyn</translation>
  </message>
  <message>
   <source>Guide</source>
   <translation>Canllaw</translation>
  </message>
  <message>
   <source>Hand it over</source>
   <translation>Ei drosglwyddo</translation>
  </message>
  <message>
   <source>Hand-over received</source>
   <translation>Trosglwyddiad a dderbyniwyd</translation>
  </message>
  <message>
   <source>hand-over received</source>
   <translation>trosglwyddiad a dderbyniwyd</translation>
  </message>
  <message>
   <source>Hand-overs</source>
   <translation>Trosglwyddiadau</translation>
  </message>
  <message>
   <source>Hand-overs (*.age)</source>
   <translation>Trosglwyddiadau (*.age)</translation>
  </message>
  <message>
   <source>Hand-overs (*.age);;All files (*)</source>
   <translation>Trosglwyddiadau (*.age);;Pob ffeil (*)</translation>
  </message>
  <message>
   <source>Hand-overs for which a receipt could be given</source>
   <translation>Trosglwyddiadau y gellid rhoi derbynneb amdanynt</translation>
  </message>
  <message>
   <source>Handled by a rule or program, according to the receipt</source>
   <translation>Wedi'i drin gan reol neu raglen, yn ôl y dderbynneb</translation>
  </message>
  <message>
   <source>Happened</source>
   <translation>Digwyddodd</translation>
  </message>
  <message>
   <source>Have the log seen again</source>
   <translation>Dangos y log eto</translation>
  </message>
  <message>
   <source>HDC assessments</source>
   <translation>Asesiadau HDC</translation>
  </message>
  <message>
   <source>hdc assessments</source>
   <translation>asesiadau HDC</translation>
  </message>
  <message>
   <source>Head of the log</source>
   <translation>Pen y log</translation>
  </message>
  <message>
   <source>Head of the log in it</source>
   <translation>Pen y log sydd ynddo</translation>
  </message>
  <message>
   <source>Head of the log in the backup</source>
   <translation>Pen y log yn y copi wrth gefn</translation>
  </message>
  <message>
   <source>Head of the log that it quotes</source>
   <translation>Pen y log y mae'n ei ddyfynnu</translation>
  </message>
  <message>
   <source>Head that I countersigned before</source>
   <translation>Pen a gydlofnodais o'r blaen</translation>
  </message>
  <message>
   <source>Health and safety</source>
   <translation>Iechyd a diogelwch</translation>
  </message>
  <message>
   <source>health and safety</source>
   <translation>iechyd a diogelwch</translation>
  </message>
  <message>
   <source>Health and safety rep</source>
   <translation>Cynrychiolydd iechyd a diogelwch</translation>
  </message>
  <message>
   <source>Hearing</source>
   <translation>Gwrandawiad</translation>
  </message>
  <message>
   <source>Held already as record {record}</source>
   <translation>Yma eisoes fel cofnod {record}</translation>
  </message>
  <message>
   <source>Held already as record {record}, tied to record {about}</source>
   <translation>Yma eisoes fel cofnod {record}, wedi'i glymu wrth gofnod {about}</translation>
  </message>
  <message>
   <source>Held by</source>
   <translation>Yn nwylo</translation>
  </message>
  <message>
   <source>Help</source>
   <translation>Cymorth</translation>
  </message>
  <message>
   <source>Help (F1)</source>
   <translation>Cymorth (F1)</translation>
  </message>
  <message>
   <source>Hide the window from screen capture</source>
   <translation>Cuddio'r ffenestr rhag lluniau o'r sgrin</translation>
  </message>
  <message>
   <source>Hide what is typed</source>
   <translation>Cuddio'r hyn a deipir</translation>
  </message>
  <message>
   <source>High</source>
   <translation>Uchel</translation>
  </message>
  <message>
   <source>high</source>
   <translation>uchel</translation>
  </message>
  <message>
   <source>high contrast</source>
   <translation>cyferbyniad uchel</translation>
  </message>
  <message>
   <source>High or very high risk</source>
   <translation>Risg uchel neu uchel iawn</translation>
  </message>
  <message>
   <source>high or very high risk</source>
   <translation>risg uchel neu uchel iawn</translation>
  </message>
  <message>
   <source>High risk</source>
   <translation>Risg uchel</translation>
  </message>
  <message>
   <source>hold</source>
   <translation>gafael</translation>
  </message>
  <message>
   <source>Hold lifted</source>
   <translation>Gafael wedi'i chodi</translation>
  </message>
  <message>
   <source>hold lifted</source>
   <translation>gafael wedi'i chodi</translation>
  </message>
  <message>
   <source>Hold: must not be destroyed</source>
   <translation>Dal: rhaid peidio â'i ddinistrio</translation>
  </message>
  <message>
   <source>Hold: nothing may be destroyed</source>
   <translation>Dal: ni chaniateir dinistrio dim</translation>
  </message>
  <message>
   <source>Home</source>
   <translation>Hafan</translation>
  </message>
  <message>
   <source>Hours</source>
   <translation>Oriau</translation>
  </message>
  <message>
   <source>Hours a week</source>
   <translation>Oriau'r wythnos</translation>
  </message>
  <message>
   <source>Hours a week that they take</source>
   <translation>Oriau'r wythnos a gymerant</translation>
  </message>
  <message>
   <source>hours a week that they take</source>
   <translation>oriau'r wythnos a gymerant</translation>
  </message>
  <message>
   <source>Hours: assessments</source>
   <translation>Oriau: asesiadau</translation>
  </message>
  <message>
   <source>Hours: meetings</source>
   <translation>Oriau: cyfarfodydd</translation>
  </message>
  <message>
   <source>Hours: other agencies</source>
   <translation>Oriau: asiantaethau eraill</translation>
  </message>
  <message>
   <source>Hours: other work</source>
   <translation>Oriau: gwaith arall</translation>
  </message>
  <message>
   <source>Hours: recording, e-mail</source>
   <translation>Oriau: cofnodi, e-bost</translation>
  </message>
  <message>
   <source>Hours: reports</source>
   <translation>Oriau: adroddiadau</translation>
  </message>
  <message>
   <source>Hours: seeing people</source>
   <translation>Oriau: gweld pobl</translation>
  </message>
  <message>
   <source>Hours: training</source>
   <translation>Oriau: hyfforddiant</translation>
  </message>
  <message>
   <source>Hours: travel</source>
   <translation>Oriau: teithio</translation>
  </message>
  <message>
   <source>How</source>
   <translation>Sut</translation>
  </message>
  <message>
   <source>how</source>
   <translation>sut</translation>
  </message>
  <message>
   <source>How clear it is</source>
   <translation>Pa mor glir ydyw</translation>
  </message>
  <message>
   <source>How I saw it</source>
   <translation>Sut y gwelais i hynny</translation>
  </message>
  <message>
   <source>How I was told</source>
   <translation>Sut y dywedwyd wrthyf</translation>
  </message>
  <message>
   <source>How it stands</source>
   <translation>Sut y mae'n sefyll</translation>
  </message>
  <message>
   <source>How it was put, and who else heard it</source>
   <translation>Sut y'i mynegwyd, a phwy arall a'i clywodd</translation>
  </message>
  <message>
   <source>How it was seen</source>
   <translation>Sut y'i gwelwyd</translation>
  </message>
  <message>
   <source>How long</source>
   <translation>Pa mor hir</translation>
  </message>
  <message>
   <source>How many cases were changed from what to what, without a name, as a PDF</source>
   <translation>Faint o achosion a newidiwyd o beth i beth, heb enw, fel PDF</translation>
  </message>
  <message>
   <source>How often, of what sort and how heavy, without a name. Words of a record stand in it only where they are quoted without one.</source>
   <translation>Pa mor aml, o ba fath a pha mor drwm, heb enw. Dim ond lle dyfynnir hwy heb enw y mae geiriau cofnod ynddo.</translation>
  </message>
  <message>
   <source>How sure of the wording</source>
   <translation>Pa mor sicr o'r geiriad</translation>
  </message>
  <message>
   <source>How to reach them, not at work</source>
   <translation>Sut i gysylltu â nhw, nid yn y gwaith</translation>
  </message>
  <message>
   <source>How urgent</source>
   <translation>Pa mor frys</translation>
  </message>
  <message>
   <source>http://…, or empty: by file alone</source>
   <translation>http://…, neu’n wag: trwy ffeil yn unig</translation>
  </message>
  <message>
   <source>I carried it out</source>
   <translation>Fe'i cyflawnais</translation>
  </message>
  <message>
   <source>I had the knowledge and skill that the decision needed</source>
   <translation>Roedd gennyf y wybodaeth a'r sgil yr oedd eu hangen ar y penderfyniad</translation>
  </message>
  <message>
   <source>I have forgotten the passphrase: use the &amp;recovery code</source>
   <translation>Rwyf wedi anghofio'r cyfrinymadrodd: defnyddio'r cod &amp;adfer</translation>
  </message>
  <message>
   <source>I have it on paper</source>
   <translation>Mae gen i ef ar bapur</translation>
  </message>
  <message>
   <source>I have looked at this page</source>
   <translation>Rwyf wedi edrych ar y dudalen hon</translation>
  </message>
  <message>
   <source>I received it</source>
   <translation>Fi dderbyniodd ef</translation>
  </message>
  <message>
   <source>I sent it</source>
   <translation>Fi anfonodd ef</translation>
  </message>
  <message>
   <source>I was asked to do it without being trained</source>
   <translation>Gofynnwyd i mi ei wneud heb hyfforddiant</translation>
  </message>
  <message>
   <source>Identifiers replaced by pseudonyms</source>
   <translation>Dynodwyr a ddisodlwyd gan ffugenwau</translation>
  </message>
  <message>
   <source>Identifies a client</source>
   <translation>Yn adnabod cleient</translation>
  </message>
  <message>
   <source>in a thread that waits for an answer</source>
   <translation>mewn edefyn sy'n aros am ateb</translation>
  </message>
  <message>
   <source>in a thread that waits for nothing</source>
   <translation>mewn edefyn nad yw'n aros am ddim</translation>
  </message>
  <message>
   <source>in a thread whose answer is overdue</source>
   <translation>mewn edefyn y mae ei ateb yn hwyr</translation>
  </message>
  <message>
   <source>in a thread with something never answered</source>
   <translation>mewn edefyn â rhywbeth nas atebwyd erioed</translation>
  </message>
  <message>
   <source>In custody</source>
   <translation>Yn y ddalfa</translation>
  </message>
  <message>
   <source>In force from</source>
   <translation>Mewn grym o</translation>
  </message>
  <message>
   <source>In force until</source>
   <translation>Mewn grym tan</translation>
  </message>
  <message>
   <source>In it: {}. That identifies somebody.</source>
   <translation>Ynddo: {}. Mae hynny'n adnabod rhywun.</translation>
  </message>
  <message>
   <source>In the core bundle</source>
   <translation>Yn y bwndel craidd</translation>
  </message>
  <message>
   <source>in the window, once the store is open</source>
   <translation>yn y ffenestr, unwaith y bydd y storfa ar agor</translation>
  </message>
  <message>
   <source>In-Reply-To</source>
   <translation>In-Reply-To</translation>
  </message>
  <message>
   <source>Incident</source>
   <translation>Digwyddiad</translation>
  </message>
  <message>
   <source>incident</source>
   <translation>digwyddiad</translation>
  </message>
  <message>
   <source>Incidents</source>
   <translation>Digwyddiadau</translation>
  </message>
  <message>
   <source>Independently recorded in so many logs</source>
   <translation>Cofnodwyd yn annibynnol mewn cynifer o logiau</translation>
  </message>
  <message>
   <source>Index</source>
   <translation>Mynegai</translation>
  </message>
  <message>
   <source>Information I did not have</source>
   <translation>Gwybodaeth nad oedd gennyf</translation>
  </message>
  <message>
   <source>Information I had</source>
   <translation>Gwybodaeth a oedd gennyf</translation>
  </message>
  <message>
   <source>Information was collected, checked and weighed</source>
   <translation>Casglwyd, gwiriwyd a phwyswyd y wybodaeth</translation>
  </message>
  <message>
   <source>Inside the employer's secure system only.</source>
   <translation>O fewn system ddiogel y cyflogwr yn unig.</translation>
  </message>
  <message>
   <source>Inside the employer's secure system only. Records of other cases, and whatever is for other readers, are left out.</source>
   <translation>O fewn system ddiogel y cyflogwr yn unig. Gadewir allan gofnodion achosion eraill, a phopeth sydd i ddarllenwyr eraill.</translation>
  </message>
  <message>
   <source>Inside the secure system</source>
   <translation>O fewn y system ddiogel</translation>
  </message>
  <message>
   <source>Inspector</source>
   <translation>Arolygydd</translation>
  </message>
  <message>
   <source>Instruction</source>
   <translation>Cyfarwyddyd</translation>
  </message>
  <message>
   <source>instruction</source>
   <translation>cyfarwyddyd</translation>
  </message>
  <message>
   <source>Instruction under it…</source>
   <translation>Cyfarwyddyd o dano…</translation>
  </message>
  <message>
   <source>Instructions</source>
   <translation>Cyfarwyddiadau</translation>
  </message>
  <message>
   <source>Instructions, decisions, concerns and what became of them over a time, whatever case they are of, without anything that identifies a client.</source>
   <translation>Cyfarwyddiadau, penderfyniadau, pryderon a'r hyn a ddaeth ohonynt dros gyfnod, pa achos bynnag ydynt, heb ddim sy'n datgelu pwy yw cleient.</translation>
  </message>
  <message>
   <source>Instructions, what became of each case under them, allocations and workload, without anything that identifies a client.</source>
   <translation>Cyfarwyddiadau, yr hyn a ddaeth o bob achos odanynt, dyraniadau a llwyth gwaith, heb ddim sy'n datgelu pwy yw cleient.</translation>
  </message>
  <message>
   <source>instructs again</source>
   <translation>yn cyfarwyddo eto</translation>
  </message>
  <message>
   <source>Integrity annex</source>
   <translation>Atodiad cywirdeb</translation>
  </message>
  <message>
   <source>Interview</source>
   <translation>Cyfweliad</translation>
  </message>
  <message>
   <source>Interview on</source>
   <translation>Cyfweliad ar</translation>
  </message>
  <message>
   <source>Into &amp;folder</source>
   <translation>I &amp;ffolder</translation>
  </message>
  <message>
   <source>Into folder</source>
   <translation>I ffolder</translation>
  </message>
  <message>
   <source>Invitation to a meeting from {who}</source>
   <translation>Gwahoddiad i gyfarfod gan {who}</translation>
  </message>
  <message>
   <source>Issue</source>
   <translation>Mater</translation>
  </message>
  <message>
   <source>Issue that it shares with others</source>
   <translation>Mater y mae’n ei rannu ag eraill</translation>
  </message>
  <message>
   <source>It adds no message and asks for nothing again.</source>
   <translation>Nid yw'n ychwanegu neges nac yn gofyn am ddim eto.</translation>
  </message>
  <message>
   <source>It answers the invitation alone. It says nothing on what was asked: the wait for an answer goes on.</source>
   <translation>Mae'n ateb y gwahoddiad yn unig. Nid yw'n dweud dim am yr hyn a ofynnwyd: mae'r aros am ateb yn parhau.</translation>
  </message>
  <message>
   <source>It can be brought back for a week, under Drafts</source>
   <translation>Gellir dod ag ef yn ôl am wythnos, o dan Drafftiau</translation>
  </message>
  <message>
   <source>It counts as nothing but having come.</source>
   <translation>Nid yw'n cyfrif fel dim ond ei fod wedi dod.</translation>
  </message>
  <message>
   <source>It counts as nothing but having come: what it said is not in the file.</source>
   <translation>Nid yw'n cyfrif fel dim ond ei fod wedi dod: nid yw'r hyn a ddywedodd yn y ffeil.</translation>
  </message>
  <message>
   <source>It covers</source>
   <translation>Mae'n cwmpasu</translation>
  </message>
  <message>
   <source>It does not show that it reached any one of them.</source>
   <translation>Nid yw'n dangos iddo gyrraedd yr un ohonynt.</translation>
  </message>
  <message>
   <source>It does not show that the message reached a mailbox.</source>
   <translation>Nid yw'n dangos i'r neges gyrraedd blwch post.</translation>
  </message>
  <message>
   <source>It does not show that the message was opened; delivery to a list is not delivery to its members.</source>
   <translation>Nid yw'n dangos i'r neges gael ei hagor; nid danfon i'w haelodau yw danfon i restr.</translation>
  </message>
  <message>
   <source>It has no time of sending, and stands on the day on which it was brought in.</source>
   <translation>Nid oes ganddo amser anfon, ac mae'n sefyll ar y diwrnod y daethpwyd ag ef i mewn.</translation>
  </message>
  <message>
   <source>It has no words of its own.</source>
   <translation>Nid oes ganddo eiriau ei hun.</translation>
  </message>
  <message>
   <source>It is about one case; words that name another are withheld</source>
   <translation>Mae'n ymwneud ag un achos; cedwir yn ôl eiriau sy'n enwi un arall</translation>
  </message>
  <message>
   <source>It is about one thread: a record is named, and what leads to or from it goes in</source>
   <translation>Mae'n ymwneud ag un edefyn: enwir cofnod, ac aiff yr hyn sy'n arwain ato neu ohono i mewn</translation>
  </message>
  <message>
   <source>It is signed by {key}, and whole: {names}.</source>
   <translation>Fe’i llofnodwyd gan {key}, ac mae’n gyfan: {names}.</translation>
  </message>
  <message>
   <source>It is switched off in the settings.</source>
   <translation>Mae wedi’i ddiffodd yn y gosodiadau.</translation>
  </message>
  <message>
   <source>It is tamper-evident, and it gives no legal advice.</source>
   <translation>Mae’n dangos ymyrryd, ac nid yw’n rhoi cyngor cyfreithiol.</translation>
  </message>
  <message>
   <source>It is the &amp;recovery code</source>
   <translation>Y cod &amp;adfer ydyw</translation>
  </message>
  <message>
   <source>It is within policy and procedure</source>
   <translation>Mae o fewn polisi a gweithdrefn</translation>
  </message>
  <message>
   <source>It may have been delivered later.</source>
   <translation>Efallai iddo gael ei ddanfon yn ddiweddarach.</translation>
  </message>
  <message>
   <source>It may have been read in another place, or a mail server may have rejected it: the receipt's words say more.</source>
   <translation>Efallai iddo gael ei ddarllen mewn lle arall, neu i weinydd e-bost ei wrthod: mae geiriau'r dderbynneb yn dweud mwy.</translation>
  </message>
  <message>
   <source>It may have reached other recipients.</source>
   <translation>Efallai iddo gyrraedd derbynwyr eraill.</translation>
  </message>
  <message>
   <source>It names a message that is not held.</source>
   <translation>Mae'n enwi neges nad yw yma.</translation>
  </message>
  <message>
   <source>It opens the store if you forget the passphrase. It is shown this once and kept nowhere. Write it down on paper, or print the sheet, and keep it at work, locked away and apart from this machine.</source>
   <translation>Mae'n agor y storfa os anghofiwch y cyfrinymadrodd. Fe'i dangosir y tro hwn yn unig ac nis cedwir yn unman. Ysgrifennwch ef ar bapur, neu argraffwch y ddalen, a'i gadw yn y gwaith, dan glo ac ar wahân i'r peiriant hwn.</translation>
  </message>
  <message>
   <source>It opens the store when the passphrase is forgotten. Keep it on paper, at work, locked away and apart from this machine.</source>
   <translation>Mae'n agor y storfa pan anghofir y cyfrinymadrodd. Cadwch ef ar bapur, yn y gwaith, dan glo ac ar wahân i'r peiriant hwn.</translation>
  </message>
  <message>
   <source>It quotes the log's head: an outside clock for everything sealed before it</source>
   <translation>Mae'n dyfynnu pen y log: cloc allanol i bopeth a seliwyd cyn hynny</translation>
  </message>
  <message>
   <source>It reports on a recipient whom the message does not name.</source>
   <translation>Mae'n adrodd ar dderbynnydd nad yw'r neges yn ei enwi.</translation>
  </message>
  <message>
   <source>It responds to escalating risk or worsening behaviour</source>
   <translation>Mae'n ymateb i risg gynyddol neu ymddygiad sy'n gwaethygu</translation>
  </message>
  <message>
   <source>It rests on evidence</source>
   <translation>Mae'n seiliedig ar dystiolaeth</translation>
  </message>
  <message>
   <source>It says</source>
   <translation>Mae'n dweud</translation>
  </message>
  <message>
   <source>It says nothing on what was asked: the wait for an answer goes on.</source>
   <translation>Nid yw'n dweud dim am yr hyn a ofynnwyd: mae'r aros am ateb yn parhau.</translation>
  </message>
  <message>
   <source>It says nothing on whether the message was opened.</source>
   <translation>Nid yw'n dweud dim ynghylch a gafodd y neges ei hagor.</translation>
  </message>
  <message>
   <source>It shows that something was written, and not that it was sent.</source>
   <translation>Mae'n dangos i rywbeth gael ei ysgrifennu, ac nid iddo gael ei anfon.</translation>
  </message>
  <message>
   <source>It stays at work.</source>
   <translation>Mae'n aros yn y gwaith.</translation>
  </message>
  <message>
   <source>It takes the other's place</source>
   <translation>Mae’n cymryd lle’r llall</translation>
  </message>
  <message>
   <source>It tells me to</source>
   <translation>Mae'n dweud wrthyf am</translation>
  </message>
  <message>
   <source>It was asked on {day} for the log at {count} records, and its answer is not here yet.</source>
   <translation>Gofynnwyd iddo ar {day} am y log â'r nifer hwn o gofnodion: {count}; nid yw ei ateb yma eto.</translation>
  </message>
  <message>
   <source>It was done…</source>
   <translation>Fe'i gwnaed…</translation>
  </message>
  <message>
   <source>It was not done…</source>
   <translation>Nis gwnaed…</translation>
  </message>
  <message>
   <source>It was not sent…</source>
   <translation>Nis anfonwyd…</translation>
  </message>
  <message>
   <source>It was printed, forwarded or filed by a rule; nobody need have seen it.</source>
   <translation>Cafodd ei argraffu, ei anfon ymlaen neu ei ffeilio gan reol; nid oes rhaid i neb fod wedi'i weld.</translation>
  </message>
  <message>
   <source>Item of a mail program</source>
   <translation>Eitem o raglen e-bost</translation>
  </message>
  <message>
   <source>Items checked</source>
   <translation>Eitemau a wiriwyd</translation>
  </message>
  <message>
   <source>Its certificates: {}</source>
   <translation>Ei dystysgrifau: {}</translation>
  </message>
  <message>
   <source>Its changelog says nothing of this version.</source>
   <translation>Nid yw ei log newidiadau’n dweud dim am y fersiwn hwn.</translation>
  </message>
  <message>
   <source>Its effect</source>
   <translation>Ei effaith</translation>
  </message>
  <message>
   <source>Its folder</source>
   <translation>Ei ffolder</translation>
  </message>
  <message>
   <source>Its folder, and the size and place of the window: nothing else is written outside the store</source>
   <translation>Ei ffolder, a maint a lle'r ffenestr: nid ysgrifennir dim arall y tu allan i'r storfa</translation>
  </message>
  <message>
   <source>Its last line will be the head of the log: {}</source>
   <translation>Ei linell olaf fydd pen y log: {}</translation>
  </message>
  <message>
   <source>Its order, titles and redactions are gone then. Bundles made of it are not touched.</source>
   <translation>Bydd ei drefn, ei deitlau a'i olygiadau wedi mynd wedyn. Ni chyffyrddir â bwndeli a wnaed ohono.</translation>
  </message>
  <message>
   <source>Its page is in the preview.</source>
   <translation>Mae ei thudalen yn y rhagolwg.</translation>
  </message>
  <message>
   <source>Its time lies before the message was sent.</source>
   <translation>Mae ei amser cyn i'r neges gael ei hanfon.</translation>
  </message>
  <message>
   <source>Its updates are signed by {}.</source>
   <translation>Llofnodir ei ddiweddariadau gan {}.</translation>
  </message>
  <message>
   <source>Its volumes are {paths}.</source>
   <translation>Ei gyfrolau yw {paths}.</translation>
  </message>
  <message>
   <source>Journal entry in a mail program</source>
   <translation>Cofnod dyddlyfr mewn rhaglen e-bost</translation>
  </message>
  <message>
   <source>Keep</source>
   <translation>Cadw</translation>
  </message>
  <message>
   <source>Keep as draft</source>
   <translation>Cadw fel drafft</translation>
  </message>
  <message>
   <source>Keep as drafts</source>
   <translation>Cadw fel drafftiau</translation>
  </message>
  <message>
   <source>Keep its own index</source>
   <translation>Cadw ei fynegai ei hun</translation>
  </message>
  <message>
   <source>Keep this view</source>
   <translation>Cadw'r olwg hon</translation>
  </message>
  <message>
   <source>Keep this view…</source>
   <translation>Cadw'r olwg hon…</translation>
  </message>
  <message>
   <source>Keep: it is nobody's secret</source>
   <translation>Cadw: nid yw'n gyfrinach i neb</translation>
  </message>
  <message>
   <source>Keeping of {record}: {words}</source>
   <translation>Cadw {record}: {words}</translation>
  </message>
  <message>
   <source>Keeping…</source>
   <translation>Yn cadw…</translation>
  </message>
  <message>
   <source>Kept already as a draft: “drafts --seal {draft}” seals it</source>
   <translation>Yma eisoes fel drafft: mae “drafts --seal {draft}” yn ei selio</translation>
  </message>
  <message>
   <source>Kept as the draft of a note.</source>
   <translation>Wedi'i gadw fel drafft nodyn.</translation>
  </message>
  <message>
   <source>Kept from the employer because it is</source>
   <translation>Cedwir rhag y cyflogwr am ei fod yn</translation>
  </message>
  <message>
   <source>Kept here</source>
   <translation>Cedwir yma</translation>
  </message>
  <message>
   <source>Key</source>
   <translation>Allwedd</translation>
  </message>
  <message>
   <source>Key for countersigning</source>
   <translation>Allwedd cydlofnodi</translation>
  </message>
  <message>
   <source>Key of the witness</source>
   <translation>Allwedd y tyst</translation>
  </message>
  <message>
   <source>Key of their log</source>
   <translation>Allwedd eu log</translation>
  </message>
  <message>
   <source>Key record</source>
   <translation>Cofnod allwedd</translation>
  </message>
  <message>
   <source>Key slot</source>
   <translation>Slot allwedd</translation>
  </message>
  <message>
   <source>Key to the pseudonyms: keep at work</source>
   <translation>Allwedd i'r ffugenwau: cadwch yn y gwaith</translation>
  </message>
  <message>
   <source>Kind</source>
   <translation>Math</translation>
  </message>
  <message>
   <source>Kinds of record that go in (none ticked: all)</source>
   <translation>Mathau o gofnod sy'n mynd i mewn (dim wedi'i dicio: pob un)</translation>
  </message>
  <message>
   <source>Kinds, roles, words of lists and days: nothing that anybody wrote freely</source>
   <translation>Mathau, rolau, geiriau o restrau a dyddiau: dim a ysgrifennodd neb yn rhydd</translation>
  </message>
  <message>
   <source>Language</source>
   <translation>Iaith</translation>
  </message>
  <message>
   <source>Larger</source>
   <translation>Mwy</translation>
  </message>
  <message>
   <source>last backup {day}, nothing sealed since</source>
   <translation>copi wrth gefn diwethaf {day}, dim wedi'i selio ers hynny</translation>
  </message>
  <message>
   <source>last backup {day}, {count} sealed since</source>
   <translation>copi wrth gefn diwethaf {day}, wedi'u selio ers hynny: {count}</translation>
  </message>
  <message>
   <source>Last done on</source>
   <translation>Gwnaed ddiwethaf ar</translation>
  </message>
  <message>
   <source>last done {day}</source>
   <translation>gwnaed ddiwethaf {day}</translation>
  </message>
  <message>
   <source>last sealed first</source>
   <translation>selio diwethaf yn gyntaf</translation>
  </message>
  <message>
   <source>Last sealed on</source>
   <translation>Seliwyd olaf ar</translation>
  </message>
  <message>
   <source>Late by days</source>
   <translation>Hwyr o ddyddiau</translation>
  </message>
  <message>
   <source>Late by months</source>
   <translation>Hwyr o fisoedd</translation>
  </message>
  <message>
   <source>Late by weeks</source>
   <translation>Hwyr o wythnosau</translation>
  </message>
  <message>
   <source>Late documents</source>
   <translation>Dogfennau hwyr</translation>
  </message>
  <message>
   <source>LATE ENTRY</source>
   <translation>COFNOD HWYR</translation>
  </message>
  <message>
   <source>late entry</source>
   <translation>cofnod hwyr</translation>
  </message>
  <message>
   <source>Late entry.</source>
   <translation>Cofnod hwyr.</translation>
  </message>
  <message>
   <source>Late: {}</source>
   <translation>Hwyr: {}</translation>
  </message>
  <message>
   <source>latest first</source>
   <translation>diweddaraf yn gyntaf</translation>
  </message>
  <message>
   <source>Latest records</source>
   <translation>Cofnodion diweddaraf</translation>
  </message>
  <message>
   <source>Leave and cover</source>
   <translation>Gwyliau a chyflenwi</translation>
  </message>
  <message>
   <source>Leave out</source>
   <translation>Hepgor</translation>
  </message>
  <message>
   <source>Leave out…</source>
   <translation>Hepgor…</translation>
  </message>
  <message>
   <source>leaves the employer</source>
   <translation>yn gadael y cyflogwr</translation>
  </message>
  <message>
   <source>Left out ({})</source>
   <translation>Gadawyd allan ({})</translation>
  </message>
  <message>
   <source>Left out: {}</source>
   <translation>Gadawyd allan: {}</translation>
  </message>
  <message>
   <source>Left the secure system</source>
   <translation>Gadawodd y system ddiogel</translation>
  </message>
  <message>
   <source>Legal advice</source>
   <translation>Cyngor cyfreithiol</translation>
  </message>
  <message>
   <source>legal advice</source>
   <translation>cyngor cyfreithiol</translation>
  </message>
  <message>
   <source>less than a minute</source>
   <translation>llai na munud</translation>
  </message>
  <message>
   <source>Letter</source>
   <translation>Llythyr</translation>
  </message>
  <message>
   <source>Level</source>
   <translation>Lefel</translation>
  </message>
  <message>
   <source>Level of the signature (ETSI EN 319 142-1)</source>
   <translation>Lefel y llofnod (ETSI EN 319 142-1)</translation>
  </message>
  <message>
   <source>Levels of escalation</source>
   <translation>Lefelau uwchgyfeirio</translation>
  </message>
  <message>
   <source>Licence</source>
   <translation>Trwydded</translation>
  </message>
  <message>
   <source>licence</source>
   <translation>trwydded</translation>
  </message>
  <message>
   <source>Licences of all parts</source>
   <translation>Trwyddedau pob rhan</translation>
  </message>
  <message>
   <source>Life or IPP</source>
   <translation>Oes neu IPP</translation>
  </message>
  <message>
   <source>life or ipp</source>
   <translation>oes neu IPP</translation>
  </message>
  <message>
   <source>Lift the hold…</source>
   <translation>Codi'r gafael…</translation>
  </message>
  <message>
   <source>light</source>
   <translation>golau</translation>
  </message>
  <message>
   <source>light, dark or high contrast; once the store is open</source>
   <translation>golau (light), tywyll (dark) neu gyferbyniad uchel (high contrast); unwaith y bydd y storfa ar agor</translation>
  </message>
  <message>
   <source>limited access</source>
   <translation>mynediad cyfyngedig</translation>
  </message>
  <message>
   <source>Limited access case</source>
   <translation>Achos mynediad cyfyngedig</translation>
  </message>
  <message>
   <source>Limited access case: it stays out of every bundle but your own unless it is named.</source>
   <translation>Achos mynediad cyfyngedig: mae'n aros allan o bob bwndel ond eich un chi oni bai ei fod yn cael ei enwi.</translation>
  </message>
  <message>
   <source>Limited access cases go in without being asked for by name</source>
   <translation>Aiff achosion mynediad cyfyngedig i mewn heb ofyn amdanynt wrth eu henw</translation>
  </message>
  <message>
   <source>Limited access cases it covers</source>
   <translation>Achosion mynediad cyfyngedig y mae'n eu cwmpasu</translation>
  </message>
  <message>
   <source>Limits of formal requests</source>
   <translation>Terfynau ceisiadau ffurfiol</translation>
  </message>
  <message>
   <source>Line manager or head of PDU</source>
   <translation>Rheolwr llinell neu bennaeth PDU</translation>
  </message>
  <message>
   <source>List</source>
   <translation>Rhestr</translation>
  </message>
  <message>
   <source>List of issues</source>
   <translation>Rhestr o faterion</translation>
  </message>
  <message>
   <source>Lists of words</source>
   <translation>Rhestri geiriau</translation>
  </message>
  <message>
   <source>Lists of words…</source>
   <translation>Rhestri geiriau…</translation>
  </message>
  <message>
   <source>Lists that you took in</source>
   <translation>Rhestri a dderbyniwyd gennych</translation>
  </message>
  <message>
   <source>Lock</source>
   <translation>Cloi</translation>
  </message>
  <message>
   <source>Lock (Ctrl+L)</source>
   <translation>Cloi (Ctrl+L)</translation>
  </message>
  <message>
   <source>Lock by itself</source>
   <translation>Cloi ohono'i hun</translation>
  </message>
  <message>
   <source>Lock, lose, change</source>
   <translation>Cloi, colli, newid</translation>
  </message>
  <message>
   <source>locked cabinet, room 2</source>
   <translation>cwpwrdd dan glo, ystafell 2</translation>
  </message>
  <message>
   <source>Locked, because nothing was done for a while.</source>
   <translation>Wedi'i gloi, gan na wnaed dim am ysbaid.</translation>
  </message>
  <message>
   <source>Locked, because the machine slept or its clock was changed.</source>
   <translation>Wedi'i gloi, gan i'r peiriant gysgu neu gan i'w gloc gael ei newid.</translation>
  </message>
  <message>
   <source>Locked.</source>
   <translation>Wedi'i gloi.</translation>
  </message>
  <message>
   <source>Log</source>
   <translation>Log</translation>
  </message>
  <message>
   <source>Log key</source>
   <translation>Allwedd y log</translation>
  </message>
  <message>
   <source>Log of the signer</source>
   <translation>Log y llofnodwr</translation>
  </message>
  <message>
   <source>Log opened</source>
   <translation>Agorwyd y log</translation>
  </message>
  <message>
   <source>log opened</source>
   <translation>agorwyd y log</translation>
  </message>
  <message>
   <source>Log {} (words of the card: {})</source>
   <translation>Log {} (geiriau’r cerdyn: {})</translation>
  </message>
  <message>
   <source>Longest without an answer</source>
   <translation>Hwyaf heb ateb</translation>
  </message>
  <message>
   <source>Look at a signed list</source>
   <translation>Edrych ar restr wedi'i llofnodi</translation>
  </message>
  <message>
   <source>Look at a signed list…</source>
   <translation>Edrych ar restr wedi'i llofnodi…</translation>
  </message>
  <message>
   <source>Look at it once more, then seal it (Ctrl+Enter)</source>
   <translation>Edrych arno unwaith eto, yna ei selio (Ctrl+Enter)</translation>
  </message>
  <message>
   <source>Look at the files…</source>
   <translation>Edrych ar y ffeiliau…</translation>
  </message>
  <message>
   <source>Look through</source>
   <translation>Edrych drwyddo</translation>
  </message>
  <message>
   <source>Look through the exhibits for other people's details before you hand this bundle over.</source>
   <translation>Edrychwch drwy'r arddangosion am fanylion pobl eraill cyn trosglwyddo'r bwndel hwn.</translation>
  </message>
  <message>
   <source>Looked through: it may be shown</source>
   <translation>Edrychwyd drwyddo: gellir ei ddangos</translation>
  </message>
  <message>
   <source>Looking at what is due…</source>
   <translation>Yn edrych ar yr hyn sy'n ddyledus…</translation>
  </message>
  <message>
   <source>Looking for what identifies a client</source>
   <translation>Yn chwilio am yr hyn sy’n adnabod cleient</translation>
  </message>
  <message>
   <source>Looking…</source>
   <translation>Yn edrych…</translation>
  </message>
  <message>
   <source>Low</source>
   <translation>Isel</translation>
  </message>
  <message>
   <source>low</source>
   <translation>isel</translation>
  </message>
  <message>
   <source>Low risk</source>
   <translation>Risg isel</translation>
  </message>
  <message>
   <source>Machine</source>
   <translation>Peiriant</translation>
  </message>
  <message>
   <source>Made</source>
   <translation>Gwnaed</translation>
  </message>
  <message>
   <source>Made by</source>
   <translation>Gwnaed gan</translation>
  </message>
  <message>
   <source>Made by a union rep of what members handed over: whatever identifies a client was withheld before it reached the rep.</source>
   <translation>Gwnaed gan gynrychiolydd undeb o'r hyn a drosglwyddodd aelodau: cadwyd yn ôl bopeth sy'n datgelu pwy yw cleient cyn iddo gyrraedd y cynrychiolydd.</translation>
  </message>
  <message>
   <source>made from drafted e-mail {record}</source>
   <translation>gwnaed o'r e-bost a ddrafftiwyd {record}</translation>
  </message>
  <message>
   <source>Made, by the member's clock</source>
   <translation>Gwnaed, yn ôl cloc yr aelod</translation>
  </message>
  <message>
   <source>Mail (*.eml *.msg *.mbox *.pst *.ost *.dat *.tnef);;All files (*)</source>
   <translation>E-bost (*.eml *.msg *.mbox *.pst *.ost *.dat *.tnef);;Pob ffeil (*)</translation>
  </message>
  <message>
   <source>Mail (*.eml)</source>
   <translation>E-bost (*.eml)</translation>
  </message>
  <message>
   <source>Mail receipt</source>
   <translation>Derbynneb e-bost</translation>
  </message>
  <message>
   <source>mail receipt</source>
   <translation>derbynneb e-bost</translation>
  </message>
  <message>
   <source>Mail receipt asked for</source>
   <translation>Gofynnwyd am dderbynneb e-bost</translation>
  </message>
  <message>
   <source>Mail receipt for message {number}: {words}</source>
   <translation>Derbynneb e-bost ar gyfer neges {number}: {words}</translation>
  </message>
  <message>
   <source>Make a new recovery code?</source>
   <translation>Gwneud cod adfer newydd?</translation>
  </message>
  <message>
   <source>Make a new recovery code…</source>
   <translation>Gwneud cod adfer newydd…</translation>
  </message>
  <message>
   <source>Make a new store</source>
   <translation>Gwneud storfa newydd</translation>
  </message>
  <message>
   <source>Make a new store…</source>
   <translation>Gwneud storfa newydd…</translation>
  </message>
  <message>
   <source>Make it</source>
   <translation>Ei wneud</translation>
  </message>
  <message>
   <source>Make the bundle as</source>
   <translation>Gwneud y bwndel fel</translation>
  </message>
  <message>
   <source>Make the bundle…</source>
   <translation>Gwneud y bwndel…</translation>
  </message>
  <message>
   <source>Make the store</source>
   <translation>Gwneud y storfa</translation>
  </message>
  <message>
   <source>Making it…</source>
   <translation>Yn ei wneud…</translation>
  </message>
  <message>
   <source>Making the bundle…</source>
   <translation>Yn gwneud y bwndel…</translation>
  </message>
  <message>
   <source>Making the invented case</source>
   <translation>Yn gwneud yr achos dychmygol</translation>
  </message>
  <message>
   <source>Making the pages…</source>
   <translation>Yn gwneud y tudalennau…</translation>
  </message>
  <message>
   <source>Making the preview</source>
   <translation>Yn gwneud y rhagolwg</translation>
  </message>
  <message>
   <source>Making the store. This takes a second or two.</source>
   <translation>Yn gwneud y storfa. Mae hyn yn cymryd eiliad neu ddwy.</translation>
  </message>
  <message>
   <source>MAPPA</source>
   <translation>MAPPA</translation>
  </message>
  <message>
   <source>mappa</source>
   <translation>MAPPA</translation>
  </message>
  <message>
   <source>MAPPA level and category</source>
   <translation>Lefel a chategori MAPPA</translation>
  </message>
  <message>
   <source>Mark</source>
   <translation>Nod</translation>
  </message>
  <message>
   <source>Marking</source>
   <translation>Marcio</translation>
  </message>
  <message>
   <source>Marking above and below each page</source>
   <translation>Marc uwchben ac islaw pob tudalen</translation>
  </message>
  <message>
   <source>Matched by hand.</source>
   <translation>Wedi'i baru â llaw.</translation>
  </message>
  <message>
   <source>Matched by hand; it is labelled so for ever.</source>
   <translation>Wedi'i baru â llaw; fe'i labelir felly am byth.</translation>
  </message>
  <message>
   <source>Matched to the message</source>
   <translation>Wedi'i baru â'r neges</translation>
  </message>
  <message>
   <source>Matched to the message it answers</source>
   <translation>Wedi'i baru â'r neges y mae'n ei hateb</translation>
  </message>
  <message>
   <source>Medium</source>
   <translation>Canolig</translation>
  </message>
  <message>
   <source>medium</source>
   <translation>canolig</translation>
  </message>
  <message>
   <source>Medium risk</source>
   <translation>Risg ganolig</translation>
  </message>
  <message>
   <source>Meeting</source>
   <translation>Cyfarfod</translation>
  </message>
  <message>
   <source>Meeting cancelled by {who}</source>
   <translation>Canslwyd cyfarfod gan {who}</translation>
  </message>
  <message>
   <source>Meeting or supervision</source>
   <translation>Cyfarfod neu oruchwyliaeth</translation>
  </message>
  <message>
   <source>meeting or supervision</source>
   <translation>cyfarfod neu oruchwyliaeth</translation>
  </message>
  <message>
   <source>Meetings and supervision</source>
   <translation>Cyfarfodydd a goruchwyliaeth</translation>
  </message>
  <message>
   <source>meetings and supervision</source>
   <translation>cyfarfodydd a goruchwyliaeth</translation>
  </message>
  <message>
   <source>Member</source>
   <translation>Aelod</translation>
  </message>
  <message>
   <source>member</source>
   <translation>aelod</translation>
  </message>
  <message>
   <source>Member's case</source>
   <translation>Achos aelod</translation>
  </message>
  <message>
   <source>member's case</source>
   <translation>achos aelod</translation>
  </message>
  <message>
   <source>Members</source>
   <translation>Aelodau</translation>
  </message>
  <message>
   <source>Message</source>
   <translation>Neges</translation>
  </message>
  <message>
   <source>message</source>
   <translation>neges</translation>
  </message>
  <message>
   <source>Message from {whom}</source>
   <translation>Neges gan {whom}</translation>
  </message>
  <message>
   <source>Message from {whom}: {subject}</source>
   <translation>Neges gan {whom}: {subject}</translation>
  </message>
  <message>
   <source>Message that I sent, from {whom}: {subject}</source>
   <translation>Neges a anfonais, gan {whom}: {subject}</translation>
  </message>
  <message>
   <source>Message-ID</source>
   <translation>Message-ID</translation>
  </message>
  <message>
   <source>Message-ID of the receipt</source>
   <translation>Message-ID y dderbynneb</translation>
  </message>
  <message>
   <source>Messages, receipts and replies, as files</source>
   <translation>Negeseuon, derbynebau ac atebion, fel ffeiliau</translation>
  </message>
  <message>
   <source>Messages, receipts and replies, as files (Ctrl+I)</source>
   <translation>Negeseuon, derbynebau ac atebion, fel ffeiliau (Ctrl+I)</translation>
  </message>
  <message>
   <source>Miles travelled</source>
   <translation>Milltiroedd a deithiwyd</translation>
  </message>
  <message>
   <source>minutes</source>
   <translation>munud</translation>
  </message>
  <message>
   <source>Minutes held</source>
   <translation>Cofnodion cyfarfod a gedwir</translation>
  </message>
  <message>
   <source>Modifiers</source>
   <translation>Addaswyr</translation>
  </message>
  <message>
   <source>More about it</source>
   <translation>Mwy amdano</translation>
  </message>
  <message>
   <source>Move its documents into another section first, or leave them out one by one.</source>
   <translation>Symudwch ei ddogfennau i adran arall yn gyntaf, neu hepgorwch nhw fesul un.</translation>
  </message>
  <message>
   <source>My account is due</source>
   <translation>Mae fy adroddiad yn ddyledus</translation>
  </message>
  <message>
   <source>My caseload on one day, and how I saw the figure</source>
   <translation>Fy llwyth achosion ar un diwrnod, a sut y gwelais y ffigur</translation>
  </message>
  <message>
   <source>My e-mail addresses</source>
   <translation>Fy nghyfeiriadau e-bost</translation>
  </message>
  <message>
   <source>My employer's machine</source>
   <translation>Peiriant fy nghyflogwr</translation>
  </message>
  <message>
   <source>My hours</source>
   <translation>Fy oriau</translation>
  </message>
  <message>
   <source>My load after</source>
   <translation>Fy llwyth wedyn</translation>
  </message>
  <message>
   <source>My load before</source>
   <translation>Fy llwyth cynt</translation>
  </message>
  <message>
   <source>My load before and after</source>
   <translation>Fy llwyth cynt ac wedyn</translation>
  </message>
  <message>
   <source>My manager</source>
   <translation>Fy rheolwr</translation>
  </message>
  <message>
   <source>My non-working days</source>
   <translation>Fy nyddiau nad wyf yn gweithio</translation>
  </message>
  <message>
   <source>My own address</source>
   <translation>Fy nghyfeiriad fy hun</translation>
  </message>
  <message>
   <source>My professional judgement</source>
   <translation>Fy marn broffesiynol</translation>
  </message>
  <message>
   <source>My role</source>
   <translation>Fy rôl</translation>
  </message>
  <message>
   <source>Name</source>
   <translation>Enw</translation>
  </message>
  <message>
   <source>Name and role of the person it is for</source>
   <translation>Enw a rôl y person y mae ar ei gyfer</translation>
  </message>
  <message>
   <source>name@office.gov.uk; separate several with a semicolon</source>
   <translation>enw@swyddfa.gov.uk; gwahanwch rai â hanner colon</translation>
  </message>
  <message>
   <source>Named in the settings; in no record yet.</source>
   <translation>Enwir yn y gosodiadau; nid mewn cofnod eto.</translation>
  </message>
  <message>
   <source>Names</source>
   <translation>Enwau</translation>
  </message>
  <message>
   <source>Names are known only where you have set them: read it through before you hand it over. Files other than mails are shown only where somebody has looked through them for this bundle.</source>
   <translation>Dim ond lle rydych wedi'u gosod y mae enwau'n hysbys: darllenwch drwyddo cyn ei drosglwyddo. Heblaw am e-byst, dim ond lle mae rhywun wedi edrych drwyddynt ar gyfer y bwndel hwn y dangosir ffeiliau.</translation>
  </message>
  <message>
   <source>Names of clients</source>
   <translation>Enwau cleientiaid</translation>
  </message>
  <message>
   <source>Names that are nobody's secret</source>
   <translation>Enwau nad ydynt yn gyfrinach i neb</translation>
  </message>
  <message>
   <source>names {person}</source>
   <translation>yn enwi {person}</translation>
  </message>
  <message>
   <source>names {}</source>
   <translation>yn enwi {}</translation>
  </message>
  <message>
   <source>nDelius</source>
   <translation>nDelius</translation>
  </message>
  <message>
   <source>needed</source>
   <translation>angenrheidiol</translation>
  </message>
  <message>
   <source>needed to ask for a receipt; kept under Settings</source>
   <translation>ei angen i ofyn am dderbynneb; fe'i cedwir dan Gosodiadau</translation>
  </message>
  <message>
   <source>never answered</source>
   <translation>byth wedi'i ateb</translation>
  </message>
  <message>
   <source>new</source>
   <translation>newydd</translation>
  </message>
  <message>
   <source>New member</source>
   <translation>Aelod newydd</translation>
  </message>
  <message>
   <source>New plan</source>
   <translation>Cynllun newydd</translation>
  </message>
  <message>
   <source>New plan…</source>
   <translation>Cynllun newydd…</translation>
  </message>
  <message>
   <source>New record (Ctrl+N, then a letter)</source>
   <translation>Cofnod newydd (Ctrl+N, yna llythyren)</translation>
  </message>
  <message>
   <source>New section</source>
   <translation>Adran newydd</translation>
  </message>
  <message>
   <source>New snapshot…</source>
   <translation>Ciplun newydd…</translation>
  </message>
  <message>
   <source>New: {}</source>
   <translation>Newydd: {}</translation>
  </message>
  <message>
   <source>New…</source>
   <translation>Newydd…</translation>
  </message>
  <message>
   <source>Next month</source>
   <translation>Mis nesaf</translation>
  </message>
  <message>
   <source>Next page</source>
   <translation>Tudalen nesaf</translation>
  </message>
  <message>
   <source>Next step</source>
   <translation>Cam nesaf</translation>
  </message>
  <message>
   <source>Nine points of a defensible decision</source>
   <translation>Naw pwynt penderfyniad amddiffynadwy</translation>
  </message>
  <message>
   <source>no</source>
   <translation>nac ydy</translation>
  </message>
  <message>
   <source>no answer by the date</source>
   <translation>dim ateb erbyn y dyddiad</translation>
  </message>
  <message>
   <source>No answer by the date asked for</source>
   <translation>Dim ateb erbyn y dyddiad y gofynnwyd amdano</translation>
  </message>
  <message>
   <source>No answer by {due}; noted after {days}</source>
   <translation>Dim ateb erbyn {due}; nodwyd ar ôl ({days})</translation>
  </message>
  <message>
   <source>no backup yet</source>
   <translation>dim copi wrth gefn eto</translation>
  </message>
  <message>
   <source>No concern or instruction is sealed yet. Press Ctrl+N, then C, to raise one.</source>
   <translation>Ni seliwyd pryder na chyfarwyddyd eto. Pwyswch Ctrl+N, yna C, i godi un.</translation>
  </message>
  <message>
   <source>no message that is held fits</source>
   <translation>nid oes neges sydd yma yn cyfateb</translation>
  </message>
  <message>
   <source>No officer has handed anything over yet. Give them your card (Check, Witnesses…), take in theirs, then take in what they hand over.</source>
   <translation>Nid oes unrhyw swyddog wedi trosglwyddo dim eto. Rhowch eich cerdyn iddynt (Gwirio, Tystion…), derbyniwch eu cerdyn nhw, yna derbyniwch yr hyn y maent yn ei drosglwyddo.</translation>
  </message>
  <message>
   <source>no outside clock yet</source>
   <translation>dim cloc allanol eto</translation>
  </message>
  <message>
   <source>No preview: the sentence below says why.</source>
   <translation>Dim rhagolwg: mae'r frawddeg isod yn dweud pam.</translation>
  </message>
  <message>
   <source>No record names a case or a person yet. Press Ctrl+N to write something down.</source>
   <translation>Nid oes cofnod yn enwi achos na pherson eto. Pwyswch Ctrl+N i ysgrifennu rhywbeth.</translation>
  </message>
  <message>
   <source>No record: {}.</source>
   <translation>Dim cofnod: {}.</translation>
  </message>
  <message>
   <source>No reply was asked for</source>
   <translation>Ni ofynnwyd am ateb</translation>
  </message>
  <message>
   <source>No setting has these words.</source>
   <translation>Nid oes gosodiad â'r geiriau hyn.</translation>
  </message>
  <message>
   <source>no subject</source>
   <translation>dim pwnc</translation>
  </message>
  <message>
   <source>no substantive answer</source>
   <translation>dim ateb o sylwedd</translation>
  </message>
  <message>
   <source>No such record was handed over.</source>
   <translation>Ni throsglwyddwyd cofnod o’r fath.</translation>
  </message>
  <message>
   <source>No thread stands so. Choose another button above, or “All”.</source>
   <translation>Nid oes edefyn yn sefyll felly. Dewiswch fotwm arall uchod, neu “Pob un”.</translation>
  </message>
  <message>
   <source>no thread that is held names these people</source>
   <translation>nid oes edefyn sydd yma yn enwi'r bobl hyn</translation>
  </message>
  <message>
   <source>No workload snapshot is sealed yet.</source>
   <translation>Nid oes ciplun llwyth gwaith wedi'i selio eto.</translation>
  </message>
  <message>
   <source>No workload snapshot is sealed yet. Take one whenever the figure changes: what it was, and how you saw it.</source>
   <translation>Ni seliwyd ciplun llwyth gwaith eto. Cymerwch un pryd bynnag y bydd y ffigur yn newid: beth ydoedd, a sut y gwelsoch ef.</translation>
  </message>
  <message>
   <source>No.</source>
   <translation>Rhif</translation>
  </message>
  <message>
   <source>No. {}</source>
   <translation>Rhif {}</translation>
  </message>
  <message>
   <source>Nobody has countersigned this log yet, and you have countersigned none.</source>
   <translation>Nid oes neb wedi cydlofnodi'r log hwn eto, ac nid ydych chi wedi cydlofnodi'r un.</translation>
  </message>
  <message>
   <source>Nobody need have seen it.</source>
   <translation>Nid oes rhaid i neb fod wedi'i weld.</translation>
  </message>
  <message>
   <source>Nobody outside has seen the log since {day}, and it has grown. Have it stamped or countersigned</source>
   <translation>Nid oes neb o’r tu allan wedi gweld y log ers {day}, ac mae wedi tyfu. Trefnwch iddo gael ei stampio neu ei gydlofnodi</translation>
  </message>
  <message>
   <source>nobody, if it can be avoided</source>
   <translation>neb, os gellir osgoi hynny</translation>
  </message>
  <message>
   <source>nobody: a PDF that anybody can open</source>
   <translation>neb: PDF y gall unrhyw un ei agor</translation>
  </message>
  <message>
   <source>None of the pages lies in the range of the dialog: nothing was printed.</source>
   <translation>Nid oes yr un o'r tudalennau o fewn yr ystod: nid argraffwyd dim.</translation>
  </message>
  <message>
   <source>None yet</source>
   <translation>Dim eto</translation>
  </message>
  <message>
   <source>none yet</source>
   <translation>dim eto</translation>
  </message>
  <message>
   <source>not checked yet</source>
   <translation>heb ei wirio eto</translation>
  </message>
  <message>
   <source>not compared</source>
   <translation>heb eu cymharu</translation>
  </message>
  <message>
   <source>not delivered to {whom}</source>
   <translation>heb ei ddanfon i {whom}</translation>
  </message>
  <message>
   <source>Not delivered, according to the mail server</source>
   <translation>Heb ei ddanfon, yn ôl y gweinydd e-bost</translation>
  </message>
  <message>
   <source>not in use</source>
   <translation>ddim yn cael ei ddefnyddio</translation>
  </message>
  <message>
   <source>Not matched to a message.</source>
   <translation>Heb ei baru â neges.</translation>
  </message>
  <message>
   <source>Not proof that it was read, understood, or by whom: a receipt can come from a preview, a delegate or a shared mailbox, its clock is the recipient's, and it is plain text that can be altered.</source>
   <translation>Nid prawf iddo gael ei ddarllen na'i ddeall, na chan bwy: gall derbynneb ddod o ragolwg, dirprwy neu flwch post a rennir, cloc y derbynnydd yw ei chloc, a thestun plaen y gellir ei newid ydyw.</translation>
  </message>
  <message>
   <source>not relied on</source>
   <translation>ni ddibynnir arno</translation>
  </message>
  <message>
   <source>not said what</source>
   <translation>heb ddweud beth</translation>
  </message>
  <message>
   <source>Not said: {}.</source>
   <translation>Heb ei ddweud: {}.</translation>
  </message>
  <message>
   <source>Not saved: {}</source>
   <translation>Heb ei gadw: {}</translation>
  </message>
  <message>
   <source>not there now: is the drive plugged in?</source>
   <translation>nid yw yno nawr: a yw'r gyriant wedi'i gysylltu?</translation>
  </message>
  <message>
   <source>Not yet</source>
   <translation>Ddim eto</translation>
  </message>
  <message>
   <source>Not yet entered in nDelius: {record}: {words}</source>
   <translation>Heb ei gofnodi yn nDelius eto: {record}: {words}</translation>
  </message>
  <message>
   <source>Note</source>
   <translation>Nodyn</translation>
  </message>
  <message>
   <source>note</source>
   <translation>nodyn</translation>
  </message>
  <message>
   <source>Note in a mail program</source>
   <translation>Nodyn mewn rhaglen e-bost</translation>
  </message>
  <message>
   <source>Note on whether it can be done</source>
   <translation>Nodyn ar a ellir ei wneud</translation>
  </message>
  <message>
   <source>Notes</source>
   <translation>Nodiadau</translation>
  </message>
  <message>
   <source>Notes, place and tags</source>
   <translation>Nodiadau, lle a thagiau</translation>
  </message>
  <message>
   <source>Nothing asked</source>
   <translation>Dim wedi'i ofyn</translation>
  </message>
  <message>
   <source>Nothing is exported while a possible name is undecided</source>
   <translation>Nid allforir dim tra bo enw posibl heb ei benderfynu</translation>
  </message>
  <message>
   <source>Nothing is found that identifies anybody. Names that nobody has set, and pictures, can hide from this: read the bundle through.</source>
   <translation>Ni chanfuwyd dim sy'n adnabod neb. Gall enwau nad oes neb wedi'u gosod, a lluniau, guddio rhag hyn: darllenwch drwy'r bwndel.</translation>
  </message>
  <message>
   <source>Nothing is kept yet. Ticked: {}. Look at the others, and tick what is to be kept.</source>
   <translation>Ni chadwyd dim eto. Wedi'u ticio: {}. Edrychwch ar y lleill, a thiciwch yr hyn sydd i'w gadw.</translation>
  </message>
  <message>
   <source>Nothing is recorded yet.</source>
   <translation>Nid oes dim wedi'i gofnodi eto.</translation>
  </message>
  <message>
   <source>Nothing is sealed yet. Press Ctrl+N to begin.</source>
   <translation>Ni seliwyd dim eto. Pwyswch Ctrl+N i ddechrau.</translation>
  </message>
  <message>
   <source>Nothing is ticked: tick what is to be kept.</source>
   <translation>Nid oes dim wedi'i dicio: ticiwch yr hyn sydd i'w gadw.</translation>
  </message>
  <message>
   <source>Nothing needs chasing. Press Ctrl+N to write something down, or bring in a mail.</source>
   <translation>Nid oes angen mynd ar ôl dim. Pwyswch Ctrl+N i ysgrifennu rhywbeth, neu dewch ag e-bost i mewn.</translation>
  </message>
  <message>
   <source>nothing open</source>
   <translation>dim ar agor</translation>
  </message>
  <message>
   <source>nothing received</source>
   <translation>dim wedi’i dderbyn</translation>
  </message>
  <message>
   <source>nothing stated of {whom}</source>
   <translation>dim wedi'i ddatgan am {whom}</translation>
  </message>
  <message>
   <source>nothing that is held</source>
   <translation>dim sy’n cael ei ddal</translation>
  </message>
  <message>
   <source>Nothing to draw yet. Instructions, decisions, concerns, answers, meetings and mails stand here on their days.</source>
   <translation>Dim i'w dynnu eto. Bydd cyfarwyddiadau, penderfyniadau, pryderon, atebion, cyfarfodydd ac e-byst yn sefyll yma ar eu dyddiau.</translation>
  </message>
  <message>
   <source>Nothing to show yet.</source>
   <translation>Dim i'w ddangos eto.</translation>
  </message>
  <message>
   <source>Nothing was printed.</source>
   <translation>Nid argraffwyd dim.</translation>
  </message>
  <message>
   <source>nothing written yet</source>
   <translation>dim wedi'i ysgrifennu eto</translation>
  </message>
  <message>
   <source>Notified on</source>
   <translation>Hysbyswyd ar</translation>
  </message>
  <message>
   <source>Now</source>
   <translation>Nawr</translation>
  </message>
  <message>
   <source>OASys and other assessments</source>
   <translation>OASys ac asesiadau eraill</translation>
  </message>
  <message>
   <source>oasys and other assessments</source>
   <translation>OASys ac asesiadau eraill</translation>
  </message>
  <message>
   <source>odd pages</source>
   <translation>tudalennau odrif</translation>
  </message>
  <message>
   <source>Of concerns and the like only those about health and safety</source>
   <translation>O blith pryderon a'u tebyg, dim ond rhai iechyd a diogelwch</translation>
  </message>
  <message>
   <source>of the window, once the store is open; records and bundles stay as they are</source>
   <translation>y ffenestr, unwaith y bydd y storfa ar agor; erys cofnodion a bwndeli fel y maent</translation>
  </message>
  <message>
   <source>Of which kinds</source>
   <translation>O ba fathau</translation>
  </message>
  <message>
   <source>Of {hours} hours noted by task, {of_task} ({share} %) went on: {task}.</source>
   <translation>O'r oriau a nodwyd fesul tasg ({hours}), aeth {of_task} ({share} %) ar: {task}.</translation>
  </message>
  <message>
   <source>of {}</source>
   <translation>o {}</translation>
  </message>
  <message>
   <source>Office</source>
   <translation>Swyddfa</translation>
  </message>
  <message>
   <source>Officers</source>
   <translation>Swyddogion</translation>
  </message>
  <message>
   <source>On</source>
   <translation>Ar</translation>
  </message>
  <message>
   <source>On licence</source>
   <translation>Ar drwydded</translation>
  </message>
  <message>
   <source>On no page.</source>
   <translation>Nid ar unrhyw dudalen.</translation>
  </message>
  <message>
   <source>On page {}.</source>
   <translation>Ar dudalen {}.</translation>
  </message>
  <message>
   <source>once</source>
   <translation>unwaith</translation>
  </message>
  <message>
   <source>once in this one</source>
   <translation>unwaith yn hwn</translation>
  </message>
  <message>
   <source>Once sealed it can never be changed or removed. You can add to it later.</source>
   <translation>Unwaith y bydd wedi'i selio ni ellir byth ei newid na'i dynnu. Gallwch ychwanegu ato wedyn.</translation>
  </message>
  <message>
   <source>One concern, what is asked, how it stands and what came of it, on a few pages, for the manager who can decide on it.</source>
   <translation>Un pryder, yr hyn a ofynnir, sut mae'n sefyll a beth ddaeth ohono, ar ychydig dudalennau, i'r rheolwr a all benderfynu arno.</translation>
  </message>
  <message>
   <source>One moment…</source>
   <translation>Un eiliad…</translation>
  </message>
  <message>
   <source>One PDF: an indexed, paginated audit trail that anyone can check. The export itself is sealed as a record.</source>
   <translation>Un PDF: trywydd archwilio gyda mynegai a rhifau tudalen y gall unrhyw un ei wirio. Selir yr allforiad ei hun fel cofnod.</translation>
  </message>
  <message>
   <source>One tool in one case: when it was last done, when it is due, and why not</source>
   <translation>Un offeryn mewn un achos: pryd y'i gwnaed ddiwethaf, erbyn pryd y mae i'w wneud, a pham na wnaed ef</translation>
  </message>
  <message>
   <source>only its digest is kept here</source>
   <translation>dim ond ei grynodeb a gedwir yma</translation>
  </message>
  <message>
   <source>Only on</source>
   <translation>Dim ond ar</translation>
  </message>
  <message>
   <source>Only records in which something is open</source>
   <translation>Dim ond cofnodion y mae rhywbeth ynddynt ar agor</translation>
  </message>
  <message>
   <source>only the digest is kept here</source>
   <translation>dim ond y crynodeb a gedwir yma</translation>
  </message>
  <message>
   <source>Only you can see these. They can change, and are in no proof.</source>
   <translation>Dim ond chi sy'n gallu gweld y rhain. Gallant newid, ac nid ydynt mewn unrhyw brawf.</translation>
  </message>
  <message>
   <source>Open</source>
   <translation>Agored</translation>
  </message>
  <message>
   <source>open</source>
   <translation>ar agor</translation>
  </message>
  <message>
   <source>Open a file…</source>
   <translation>Agor ffeil…</translation>
  </message>
  <message>
   <source>Open a store: choose its folder</source>
   <translation>Agor storfa: dewiswch ei ffolder</translation>
  </message>
  <message>
   <source>Open a store…</source>
   <translation>Agor storfa…</translation>
  </message>
  <message>
   <source>Open actions, reviews that fall due and concerns without an answer, with the records they stand in and no other history.</source>
   <translation>Gweithredoedd agored, adolygiadau sy'n ddyledus a phryderon heb ateb, gyda'r cofnodion y maent ynddynt a dim hanes arall.</translation>
  </message>
  <message>
   <source>Open it</source>
   <translation>Ei agor</translation>
  </message>
  <message>
   <source>Open it in my mail program</source>
   <translation>Ei agor yn fy rhaglen e-bost</translation>
  </message>
  <message>
   <source>opened according to the receipt</source>
   <translation>agorwyd yn ôl y dderbynneb</translation>
  </message>
  <message>
   <source>opened, according to a receipt</source>
   <translation>agorwyd, yn ôl derbynneb</translation>
  </message>
  <message>
   <source>Opened, according to a receipt.</source>
   <translation>Agorwyd, yn ôl derbynneb.</translation>
  </message>
  <message>
   <source>Opened, according to the receipt</source>
   <translation>Agorwyd, yn ôl y dderbynneb</translation>
  </message>
  <message>
   <source>Opening what was sent</source>
   <translation>Yn agor yr hyn a anfonwyd</translation>
  </message>
  <message>
   <source>or drop them here</source>
   <translation>neu gollyngwch nhw yma</translation>
  </message>
  <message>
   <source>Or just write it down: “She said in the corridor, move him to monthly.”</source>
   <translation>Neu ysgrifennwch ef i lawr: “Dywedodd yn y coridor, symudwch ef i fisol.”</translation>
  </message>
  <message>
   <source>Or the whole field</source>
   <translation>Neu'r maes cyfan</translation>
  </message>
  <message>
   <source>Order</source>
   <translation>Trefn</translation>
  </message>
  <message>
   <source>Other agencies</source>
   <translation>Asiantaethau eraill</translation>
  </message>
  <message>
   <source>other agencies</source>
   <translation>asiantaethau eraill</translation>
  </message>
  <message>
   <source>Other options considered</source>
   <translation>Opsiynau eraill a ystyriwyd</translation>
  </message>
  <message>
   <source>Other work</source>
   <translation>Gwaith arall</translation>
  </message>
  <message>
   <source>other work</source>
   <translation>gwaith arall</translation>
  </message>
  <message>
   <source>Outcome</source>
   <translation>Canlyniad</translation>
  </message>
  <message>
   <source>outcome</source>
   <translation>canlyniad</translation>
  </message>
  <message>
   <source>Outlook's conversation index</source>
   <translation>Mynegai sgwrs Outlook</translation>
  </message>
  <message>
   <source>outside clock up to record {}</source>
   <translation>cloc allanol hyd at gofnod {}</translation>
  </message>
  <message>
   <source>Over time</source>
   <translation>Dros amser</translation>
  </message>
  <message>
   <source>Overdue</source>
   <translation>Hwyr</translation>
  </message>
  <message>
   <source>Owner</source>
   <translation>Perchennog</translation>
  </message>
  <message>
   <source>Page</source>
   <translation>Tudalen</translation>
  </message>
  <message>
   <source>Page {}</source>
   <translation>Tudalen {}</translation>
  </message>
  <message>
   <source>Pages</source>
   <translation>Tudalennau</translation>
  </message>
  <message>
   <source>Pages printed</source>
   <translation>Tudalennau a argraffwyd</translation>
  </message>
  <message>
   <source>Pages that a person looked at because words on them may have been missed</source>
   <translation>Tudalennau yr edrychodd rhywun arnynt gan y gallai geiriau arnynt fod wedi’u colli</translation>
  </message>
  <message>
   <source>Paid</source>
   <translation>Â thâl</translation>
  </message>
  <message>
   <source>Papers</source>
   <translation>Papurau</translation>
  </message>
  <message>
   <source>Paragraphs</source>
   <translation>Paragraffau</translation>
  </message>
  <message>
   <source>Parole reports</source>
   <translation>Adroddiadau parôl</translation>
  </message>
  <message>
   <source>parole reports</source>
   <translation>adroddiadau parôl</translation>
  </message>
  <message>
   <source>Parole reports due</source>
   <translation>Adroddiadau parôl yn ddyledus</translation>
  </message>
  <message>
   <source>Parties, a line each</source>
   <translation>Partïon, un ym mhob llinell</translation>
  </message>
  <message>
   <source>Parts of the bundle (none ticked: all)</source>
   <translation>Rhannau o'r bwndel (dim wedi'i dicio: pob un)</translation>
  </message>
  <message>
   <source>Parts of the guide</source>
   <translation>Rhannau'r canllaw</translation>
  </message>
  <message>
   <source>Passed on by the recipient's program, according to the receipt</source>
   <translation>Wedi'i drosglwyddo gan raglen y derbynnydd, yn ôl y dderbynneb</translation>
  </message>
  <message>
   <source>passed on for {whom}</source>
   <translation>trosglwyddwyd ymlaen i {whom}</translation>
  </message>
  <message>
   <source>Passed on to a server that reports no further</source>
   <translation>Wedi'i drosglwyddo i weinydd nad yw'n adrodd ymhellach</translation>
  </message>
  <message>
   <source>passed to the list {whom}</source>
   <translation>trosglwyddwyd i'r rhestr {whom}</translation>
  </message>
  <message>
   <source>Passphrase</source>
   <translation>Cyfrinymadrodd</translation>
  </message>
  <message>
   <source>Passphrase or recovery code</source>
   <translation>Cyfrinymadrodd neu god adfer</translation>
  </message>
  <message>
   <source>Paste a card, a request or an answer here, as it stood in the e-mail</source>
   <translation>Gludwch gerdyn, cais neu ateb yma, fel yr oedd yn yr e-bost</translation>
  </message>
  <message>
   <source>PDF (*.pdf)</source>
   <translation>PDF (*.pdf)</translation>
  </message>
  <message>
   <source>PDF (*.pdf);;Hand-overs, encrypted for the owner of the card it is prepared for (*.age)</source>
   <translation>PDF (*.pdf);;Trosglwyddiadau, wedi’u hamgryptio ar gyfer perchennog y cerdyn y paratowyd ef ar ei gyfer (*.age)</translation>
  </message>
  <message>
   <source>People</source>
   <translation>Pobl</translation>
  </message>
  <message>
   <source>Perhaps a receipt from {who}, with nothing in it</source>
   <translation>Derbynneb gan {who} efallai, heb ddim ynddi</translation>
  </message>
  <message>
   <source>period</source>
   <translation>cyfnod</translation>
  </message>
  <message>
   <source>Pictures</source>
   <translation>Lluniau</translation>
  </message>
  <message>
   <source>Place</source>
   <translation>Lle</translation>
  </message>
  <message>
   <source>Places</source>
   <translation>Lleoedd</translation>
  </message>
  <message>
   <source>Plan</source>
   <translation>Cynllun</translation>
  </message>
  <message>
   <source>Plan: {}</source>
   <translation>Cynllun: {}</translation>
  </message>
  <message>
   <source>Plans</source>
   <translation>Cynlluniau</translation>
  </message>
  <message>
   <source>Play with an invented case</source>
   <translation>Chwarae ag achos dychmygol</translation>
  </message>
  <message>
   <source>Play with an invented case…</source>
   <translation>Chwarae ag achos dychmygol…</translation>
  </message>
  <message>
   <source>Policy it names or contradicts</source>
   <translation>Polisi y mae'n ei enwi neu'n ei wrth-ddweud</translation>
  </message>
  <message>
   <source>Policy or briefing</source>
   <translation>Polisi neu gyfarwyddyd</translation>
  </message>
  <message>
   <source>policy or briefing</source>
   <translation>polisi neu gyfarwyddyd</translation>
  </message>
  <message>
   <source>Position</source>
   <translation>Safle</translation>
  </message>
  <message>
   <source>position 0</source>
   <translation>safle 0</translation>
  </message>
  <message>
   <source>position {} of their log</source>
   <translation>safle {} yn ei log</translation>
  </message>
  <message>
   <source>Positions</source>
   <translation>Safleoedd</translation>
  </message>
  <message>
   <source>positions 0 to {last}</source>
   <translation>safleoedd 0 hyd {last}</translation>
  </message>
  <message>
   <source>Positions left out</source>
   <translation>Safleoedd a adawyd allan</translation>
  </message>
  <message>
   <source>Positions shown before and not in this one</source>
   <translation>Safleoedd a ddangoswyd o’r blaen ac nid yn hwn</translation>
  </message>
  <message>
   <source>Post in a folder, from {who}</source>
   <translation>Postiad mewn ffolder, gan {who}</translation>
  </message>
  <message>
   <source>Posting</source>
   <translation>Lleoliad gwaith</translation>
  </message>
  <message>
   <source>posting</source>
   <translation>lleoliad gwaith</translation>
  </message>
  <message>
   <source>Pre-sentence reports</source>
   <translation>Adroddiadau cyn dedfrydu</translation>
  </message>
  <message>
   <source>pre-sentence reports</source>
   <translation>adroddiadau cyn dedfrydu</translation>
  </message>
  <message>
   <source>Pre-sentence reports due</source>
   <translation>Adroddiadau cyn dedfrydu yn ddyledus</translation>
  </message>
  <message>
   <source>Prepared for</source>
   <translation>Paratowyd ar gyfer</translation>
  </message>
  <message>
   <source>Preparing exhibits</source>
   <translation>Yn paratoi arddangosion</translation>
  </message>
  <message>
   <source>Present</source>
   <translation>Yn bresennol</translation>
  </message>
  <message>
   <source>Preview of the page</source>
   <translation>Rhagolwg o'r dudalen</translation>
  </message>
  <message>
   <source>Previous month</source>
   <translation>Mis blaenorol</translation>
  </message>
  <message>
   <source>Previous page</source>
   <translation>Tudalen flaenorol</translation>
  </message>
  <message>
   <source>Print</source>
   <translation>Argraffu</translation>
  </message>
  <message>
   <source>print</source>
   <translation>argraffu</translation>
  </message>
  <message>
   <source>Print a bundle…</source>
   <translation>Argraffu bwndel…</translation>
  </message>
  <message>
   <source>Print it…</source>
   <translation>Ei argraffu…</translation>
  </message>
  <message>
   <source>Print register</source>
   <translation>Cofrestr argraffu</translation>
  </message>
  <message>
   <source>Print the sheet…</source>
   <translation>Argraffu'r ddalen…</translation>
  </message>
  <message>
   <source>Print this thread…</source>
   <translation>Argraffu'r edefyn hwn…</translation>
  </message>
  <message>
   <source>Print which bundle?</source>
   <translation>Argraffu pa fwndel?</translation>
  </message>
  <message>
   <source>Print {}, {} pages</source>
   <translation>Argraffu {}, {} tudalen</translation>
  </message>
  <message>
   <source>Printed from the sealed records. Keep it at work, under lock and key.</source>
   <translation>Argraffwyd o'r cofnodion a seliwyd. Cadwch ef yn y gwaith, dan glo.</translation>
  </message>
  <message>
   <source>Printed {} ×: {}</source>
   <translation>Argraffwyd {} ×: {}</translation>
  </message>
  <message>
   <source>Printed. Look whether every letter can be read.</source>
   <translation>Argraffwyd. Edrychwch a ellir darllen pob llythyren.</translation>
  </message>
  <message>
   <source>Printing was stopped. What has come out of the printer is not in the register: destroy it, or say where it is kept.</source>
   <translation>Ataliwyd yr argraffu. Nid yw'r hyn a ddaeth o'r argraffydd yn y gofrestr: dinistriwch ef, neu dywedwch ble y'i cedwir.</translation>
  </message>
  <message>
   <source>Print…</source>
   <translation>Argraffu…</translation>
  </message>
  <message>
   <source>probable</source>
   <translation>tebygol</translation>
  </message>
  <message>
   <source>Probable match: it names the message only indirectly.</source>
   <translation>Cyfatebiaeth debygol: dim ond yn anuniongyrchol y mae'n enwi'r neges.</translation>
  </message>
  <message>
   <source>Profile</source>
   <translation>Proffil</translation>
  </message>
  <message>
   <source>Profile version</source>
   <translation>Fersiwn y proffil</translation>
  </message>
  <message>
   <source>Profiles</source>
   <translation>Proffiliau</translation>
  </message>
  <message>
   <source>Program</source>
   <translation>Rhaglen</translation>
  </message>
  <message>
   <source>Progress</source>
   <translation>Cynnydd</translation>
  </message>
  <message>
   <source>Protected disclosure</source>
   <translation>Datgeliad gwarchodedig</translation>
  </message>
  <message>
   <source>Pseudonym</source>
   <translation>Ffugenw</translation>
  </message>
  <message>
   <source>Pseudonyms: {}</source>
   <translation>Ffugenwau: {}</translation>
  </message>
  <message>
   <source>Public inquiry or independent panel, through whoever advises</source>
   <translation>Ymchwiliad cyhoeddus neu banel annibynnol, drwy bwy bynnag sy'n cynghori</translation>
  </message>
  <message>
   <source>Purpose</source>
   <translation>Diben</translation>
  </message>
  <message>
   <source>Put it in a bundle…</source>
   <translation>Ei roi mewn bwndel…</translation>
  </message>
  <message>
   <source>Put the verifier beside it</source>
   <translation>Rhoi’r gwirydd wrth ei ochr</translation>
  </message>
  <message>
   <source>Putting the file together</source>
   <translation>Yn rhoi'r ffeil at ei gilydd</translation>
  </message>
  <message>
   <source>QR code</source>
   <translation>Cod QR</translation>
  </message>
  <message>
   <source>QR code…</source>
   <translation>Cod QR…</translation>
  </message>
  <message>
   <source>Questions that the records of one case lead to, what they say to each, and the records themselves.</source>
   <translation>Cwestiynau y mae cofnodion un achos yn arwain atynt, yr hyn a ddywedant am bob un, a'r cofnodion eu hunain.</translation>
  </message>
  <message>
   <source>Questions to prepare for</source>
   <translation>Cwestiynau i baratoi ar eu cyfer</translation>
  </message>
  <message>
   <source>Raise it again…</source>
   <translation>Ei godi eto…</translation>
  </message>
  <message>
   <source>Raise it, and keep what comes back</source>
   <translation>Ei godi, a chadw'r hyn a ddaw yn ôl</translation>
  </message>
  <message>
   <source>Raised with</source>
   <translation>Codwyd gyda</translation>
  </message>
  <message>
   <source>raised {} times</source>
   <translation>codwyd {} gwaith</translation>
  </message>
  <message>
   <source>Re&amp;member on this computer where this store is</source>
   <translation>&amp;Cofio ar y cyfrifiadur hwn ble mae'r storfa hon</translation>
  </message>
  <message>
   <source>Reaction from {who}: {responded}</source>
   <translation>Ymateb gan {who}: {responded}</translation>
  </message>
  <message>
   <source>Read it with a telephone, and send yourself the text. It holds no word of any record.</source>
   <translation>Darllenwch ef â ffôn, ac anfonwch y testun atoch chi'ch hun. Nid yw'n dal yr un gair o unrhyw gofnod.</translation>
  </message>
  <message>
   <source>Read these words out to whoever takes your card in:</source>
   <translation>Darllenwch y geiriau hyn yn uchel i bwy bynnag sy'n derbyn eich cerdyn:</translation>
  </message>
  <message>
   <source>Reading the backup…</source>
   <translation>Yn darllen y copi wrth gefn…</translation>
  </message>
  <message>
   <source>Reason</source>
   <translation>Rheswm</translation>
  </message>
  <message>
   <source>Reason (printed in the annex)</source>
   <translation>Rheswm (wedi'i argraffu yn yr atodiad)</translation>
  </message>
  <message>
   <source>Reason given</source>
   <translation>Rheswm a roddwyd</translation>
  </message>
  <message>
   <source>Receipt</source>
   <translation>Derbynneb</translation>
  </message>
  <message>
   <source>Receipt for a hand-over</source>
   <translation>Derbynneb am drosglwyddiad</translation>
  </message>
  <message>
   <source>receipt for a hand-over</source>
   <translation>derbynneb am drosglwyddiad</translation>
  </message>
  <message>
   <source>Receipt from</source>
   <translation>Derbynneb gan</translation>
  </message>
  <message>
   <source>receipt or report</source>
   <translation>derbynneb neu adroddiad</translation>
  </message>
  <message>
   <source>Received</source>
   <translation>Derbyniwyd</translation>
  </message>
  <message>
   <source>received</source>
   <translation>derbyniwyd</translation>
  </message>
  <message>
   <source>received {}</source>
   <translation>derbyniwyd {}</translation>
  </message>
  <message>
   <source>Received, by their clock</source>
   <translation>Derbyniwyd, yn ôl eu cloc</translation>
  </message>
  <message>
   <source>Recipient</source>
   <translation>Derbynnydd</translation>
  </message>
  <message>
   <source>Recipient that the message named</source>
   <translation>Derbynnydd a enwyd gan y neges</translation>
  </message>
  <message>
   <source>Record</source>
   <translation>Cofnod</translation>
  </message>
  <message>
   <source>Record of the export</source>
   <translation>Cofnod o’r allforio</translation>
  </message>
  <message>
   <source>Record that no answer came</source>
   <translation>Cofnodi na ddaeth ateb</translation>
  </message>
  <message>
   <source>Record that no receipt came</source>
   <translation>Cofnodi na ddaeth derbynneb</translation>
  </message>
  <message>
   <source>Record that there was none</source>
   <translation>Cofnodi na fu un</translation>
  </message>
  <message>
   <source>Record {} adds to or corrects this one</source>
   <translation>Mae cofnod {} yn ychwanegu at hwn neu'n ei gywiro</translation>
  </message>
  <message>
   <source>Recording and e-mail</source>
   <translation>Cofnodi ac e-bost</translation>
  </message>
  <message>
   <source>recording and e-mail</source>
   <translation>cofnodi ac e-bost</translation>
  </message>
  <message>
   <source>Records</source>
   <translation>Cofnodion</translation>
  </message>
  <message>
   <source>Records and exhibits</source>
   <translation>Cofnodion ac arddangosion</translation>
  </message>
  <message>
   <source>Records covered</source>
   <translation>Cofnodion a gwmpesir</translation>
  </message>
  <message>
   <source>Records handed over</source>
   <translation>Cofnodion a drosglwyddwyd</translation>
  </message>
  <message>
   <source>Records in the backup</source>
   <translation>Cofnodion yn y copi wrth gefn</translation>
  </message>
  <message>
   <source>Records in the log</source>
   <translation>Cofnodion yn y log</translation>
  </message>
  <message>
   <source>Records left out</source>
   <translation>Cofnodion a hepgorwyd</translation>
  </message>
  <message>
   <source>Records of advice that may go in</source>
   <translation>Cofnodion cyngor a all fynd i mewn</translation>
  </message>
  <message>
   <source>Records of other cases, and whatever is for other readers, are left out. What identifies other people is withheld.</source>
   <translation>Mae cofnodion achosion eraill, a beth bynnag sydd ar gyfer darllenwyr eraill, wedi'u gadael allan. Mae'r hyn sy'n adnabod pobl eraill wedi'i atal.</translation>
  </message>
  <message>
   <source>Records shown</source>
   <translation>Cofnodion a ddangosir</translation>
  </message>
  <message>
   <source>Records that are lost</source>
   <translation>Cofnodion a gollwyd</translation>
  </message>
  <message>
   <source>Records, each with its short code</source>
   <translation>Cofnodion, pob un â'i god byr</translation>
  </message>
  <message>
   <source>Records, in the order in which things happened</source>
   <translation>Cofnodion, yn y drefn y digwyddodd pethau</translation>
  </message>
  <message>
   <source>Recovery code</source>
   <translation>Cod adfer</translation>
  </message>
  <message>
   <source>recovery code</source>
   <translation>cod adfer</translation>
  </message>
  <message>
   <source>Recovery code: seven groups of four</source>
   <translation>Cod adfer: saith grŵp o bedwar</translation>
  </message>
  <message>
   <source>Reductions</source>
   <translation>Gostyngiadau</translation>
  </message>
  <message>
   <source>Reference</source>
   <translation>Cyfeirnod</translation>
  </message>
  <message>
   <source>Reference in the employer's system</source>
   <translation>Cyfeirnod yn system y cyflogwr</translation>
  </message>
  <message>
   <source>References</source>
   <translation>Cyfeiriadau</translation>
  </message>
  <message>
   <source>Referral to an agency</source>
   <translation>Atgyfeiriad at asiantaeth</translation>
  </message>
  <message>
   <source>referral to an agency</source>
   <translation>atgyfeiriad at asiantaeth</translation>
  </message>
  <message>
   <source>Referred up to</source>
   <translation>Cyfeiriwyd i fyny at</translation>
  </message>
  <message>
   <source>Refusal or inability</source>
   <translation>Gwrthodiad neu anallu</translation>
  </message>
  <message>
   <source>refusal or inability</source>
   <translation>gwrthod neu anallu</translation>
  </message>
  <message>
   <source>Releases</source>
   <translation>Rhyddhau</translation>
  </message>
  <message>
   <source>releases</source>
   <translation>rhyddhau</translation>
  </message>
  <message>
   <source>Reliable assessment tools were used and up to date</source>
   <translation>Defnyddiwyd offer asesu dibynadwy, yn gyfredol</translation>
  </message>
  <message>
   <source>Remarks</source>
   <translation>Sylwadau</translation>
  </message>
  <message>
   <source>Remarks on reading it</source>
   <translation>Sylwadau ar ei ddarllen</translation>
  </message>
  <message>
   <source>Remove</source>
   <translation>Tynnu</translation>
  </message>
  <message>
   <source>Remove plan</source>
   <translation>Tynnu'r cynllun</translation>
  </message>
  <message>
   <source>Remove the plan “{}”?</source>
   <translation>Tynnu'r cynllun “{}”?</translation>
  </message>
  <message>
   <source>Renew time stamps</source>
   <translation>Adnewyddu stampiau amser</translation>
  </message>
  <message>
   <source>Replace it</source>
   <translation>Ei ddisodli</translation>
  </message>
  <message>
   <source>Reply asked for by</source>
   <translation>Gofynnwyd am ateb erbyn</translation>
  </message>
  <message>
   <source>Reply from {whom}</source>
   <translation>Ateb gan {whom}</translation>
  </message>
  <message>
   <source>Reply from {whom}: {subject}</source>
   <translation>Ateb gan {whom}: {subject}</translation>
  </message>
  <message>
   <source>Reply to {record}: {words}</source>
   <translation>Ateb i {record}: {words}</translation>
  </message>
  <message>
   <source>Reported by</source>
   <translation>Adroddwyd gan</translation>
  </message>
  <message>
   <source>Reported to, and when</source>
   <translation>Adroddwyd wrth, a phryd</translation>
  </message>
  <message>
   <source>Reporting program</source>
   <translation>Rhaglen adrodd</translation>
  </message>
  <message>
   <source>Reports</source>
   <translation>Adroddiadau</translation>
  </message>
  <message>
   <source>reports</source>
   <translation>adroddiadau</translation>
  </message>
  <message>
   <source>Requests (*.tsq)</source>
   <translation>Ceisiadau (*.tsq)</translation>
  </message>
  <message>
   <source>Requirement of the order</source>
   <translation>Gofyniad y gorchymyn</translation>
  </message>
  <message>
   <source>Rescue a damaged store</source>
   <translation>Achub storfa wedi'i difrodi</translation>
  </message>
  <message>
   <source>Rescue a damaged store…</source>
   <translation>Achub storfa wedi'i difrodi…</translation>
  </message>
  <message>
   <source>Rescue what can be read…</source>
   <translation>Achub yr hyn y gellir ei ddarllen…</translation>
  </message>
  <message>
   <source>Rescued from a damaged store</source>
   <translation>Achubwyd o storfa wedi'i difrodi</translation>
  </message>
  <message>
   <source>rescued from a damaged store</source>
   <translation>achubwyd o storfa a ddifrodwyd</translation>
  </message>
  <message>
   <source>Rescuing…</source>
   <translation>Yn achub…</translation>
  </message>
  <message>
   <source>Response</source>
   <translation>Ymateb</translation>
  </message>
  <message>
   <source>response</source>
   <translation>ymateb</translation>
  </message>
  <message>
   <source>Restore a backup</source>
   <translation>Adfer copi wrth gefn</translation>
  </message>
  <message>
   <source>Restore a backup…</source>
   <translation>Adfer copi wrth gefn…</translation>
  </message>
  <message>
   <source>Restored from a backup</source>
   <translation>Adferwyd o gopi wrth gefn</translation>
  </message>
  <message>
   <source>restored from a backup</source>
   <translation>adferwyd o gopi wrth gefn</translation>
  </message>
  <message>
   <source>Restoring…</source>
   <translation>Yn adfer…</translation>
  </message>
  <message>
   <source>Result</source>
   <translation>Canlyniad</translation>
  </message>
  <message>
   <source>Review</source>
   <translation>Adolygu</translation>
  </message>
  <message>
   <source>Review due</source>
   <translation>Adolygiad yn ddyledus</translation>
  </message>
  <message>
   <source>Review of {record}: {words}</source>
   <translation>Adolygu {record}: {words}</translation>
  </message>
  <message>
   <source>Review or keep until</source>
   <translation>Adolygu neu gadw tan</translation>
  </message>
  <message>
   <source>Reviewer</source>
   <translation>Adolygydd</translation>
  </message>
  <message>
   <source>Risk and standards</source>
   <translation>Risg a safonau</translation>
  </message>
  <message>
   <source>Risk of serious harm</source>
   <translation>Risg o niwed difrifol</translation>
  </message>
  <message>
   <source>Role</source>
   <translation>Rôl</translation>
  </message>
  <message>
   <source>role not said</source>
   <translation>rôl heb ei dweud</translation>
  </message>
  <message>
   <source>Roles, as the records say</source>
   <translation>Rolau, fel y dywed y cofnodion</translation>
  </message>
  <message>
   <source>Root certificate: {}</source>
   <translation>Tystysgrif wraidd: {}</translation>
  </message>
  <message>
   <source>Safekeeping</source>
   <translation>Diogelu</translation>
  </message>
  <message>
   <source>Safekeeping…</source>
   <translation>Diogelu…</translation>
  </message>
  <message>
   <source>Save</source>
   <translation>Cadw</translation>
  </message>
  <message>
   <source>Save a request</source>
   <translation>Cadw cais</translation>
  </message>
  <message>
   <source>Save a request…</source>
   <translation>Cadw cais…</translation>
  </message>
  <message>
   <source>Save receipt…</source>
   <translation>Cadw'r dderbynneb…</translation>
  </message>
  <message>
   <source>Save the draft</source>
   <translation>Cadw'r drafft</translation>
  </message>
  <message>
   <source>Save the e-mail…</source>
   <translation>Cadw'r e-bost…</translation>
  </message>
  <message>
   <source>Save the message, the receipt or the reply from your mail program as a file, and drop it here. The exact bytes are kept.</source>
   <translation>Cadwch y neges, y dderbynneb neu'r ateb o'ch rhaglen e-bost fel ffeil, a'i gollwng yma. Cedwir yr union feitiau.</translation>
  </message>
  <message>
   <source>Save the pages as</source>
   <translation>Cadw'r tudalennau fel</translation>
  </message>
  <message>
   <source>Save the paper as</source>
   <translation>Cadw'r papur fel</translation>
  </message>
  <message>
   <source>Save the recovery sheet as</source>
   <translation>Cadw'r ddalen adfer fel</translation>
  </message>
  <message>
   <source>Save the seal receipt</source>
   <translation>Cadw'r dderbynneb selio</translation>
  </message>
  <message>
   <source>Save the seal receipt…</source>
   <translation>Cadw'r dderbynneb selio…</translation>
  </message>
  <message>
   <source>Save the sheet as</source>
   <translation>Cadw'r daflen fel</translation>
  </message>
  <message>
   <source>Save the sheet…</source>
   <translation>Cadw'r ddalen…</translation>
  </message>
  <message>
   <source>Save the signed list as</source>
   <translation>Cadw'r rhestr wedi'i llofnodi fel</translation>
  </message>
  <message>
   <source>Saved as {}.</source>
   <translation>Wedi'i gadw fel {}.</translation>
  </message>
  <message>
   <source>Saved as {}; that is sealed as record {}, code {}. Open it in your mail program, tick “Request a Read Receipt”, send it, and bring the sent copy in with “Bring in mail…”.</source>
   <translation>Wedi'i gadw fel {}; selir hynny fel cofnod {}, cod {}. Agorwch ef yn eich rhaglen e-bost, ticiwch “Request a Read Receipt”, anfonwch ef, a dewch â'r copi a anfonwyd i mewn â “Dod ag e-bost i mewn…”.</translation>
  </message>
  <message>
   <source>Saved.</source>
   <translation>Wedi'i gadw.</translation>
  </message>
  <message>
   <source>Saved. Give it a new version when you change it again.</source>
   <translation>Cadwyd. Rhowch fersiwn newydd iddo pan fyddwch yn ei newid eto.</translation>
  </message>
  <message>
   <source>Saved: {}. Cases that instructions covered: {}; logs: {}.</source>
   <translation>Cadwyd: {}. Achosion yr oedd cyfarwyddiadau'n eu cwmpasu: {}; logiau: {}.</translation>
  </message>
  <message>
   <source>Saved: {}. When it is signed, add the scan to the record.</source>
   <translation>Cadwyd: {}. Pan fydd wedi'i llofnodi, ychwanegwch y sgan at y cofnod.</translation>
  </message>
  <message>
   <source>Saved: {}. Whoever has your card can take it in.</source>
   <translation>Cadwyd: {}. Gall pwy bynnag sydd â'ch cerdyn ei derbyn.</translation>
  </message>
  <message>
   <source>Save…</source>
   <translation>Cadw…</translation>
  </message>
  <message>
   <source>Say from which folder, into which folder, and its passphrase or recovery code.</source>
   <translation>Dywedwch o ba ffolder, i ba ffolder, a'i gyfrinymadrodd neu ei god adfer.</translation>
  </message>
  <message>
   <source>Say it in words.</source>
   <translation>Dywedwch hynny mewn geiriau.</translation>
  </message>
  <message>
   <source>Say what the reply amounts to</source>
   <translation>Dweud beth mae'r ateb yn ei olygu</translation>
  </message>
  <message>
   <source>Say what was printed.</source>
   <translation>Dywedwch beth a argraffwyd.</translation>
  </message>
  <message>
   <source>Say where the paper is kept.</source>
   <translation>Dywedwch ble y cedwir y papur.</translation>
  </message>
  <message>
   <source>Say which words, or which field.</source>
   <translation>Dywedwch pa eiriau, neu ba faes.</translation>
  </message>
  <message>
   <source>Scale sheet…</source>
   <translation>Taflen raddfa…</translation>
  </message>
  <message>
   <source>Score or band</source>
   <translation>Sgôr neu fand</translation>
  </message>
  <message>
   <source>Scott schedule</source>
   <translation>Atodlen Scott</translation>
  </message>
  <message>
   <source>Seal</source>
   <translation>Selio</translation>
  </message>
  <message>
   <source>Seal all the same</source>
   <translation>Selio er hynny</translation>
  </message>
  <message>
   <source>Seal for one case</source>
   <translation>Selio ar gyfer un achos</translation>
  </message>
  <message>
   <source>Seal for the chosen cases</source>
   <translation>Selio ar gyfer yr achosion a ddewiswyd</translation>
  </message>
  <message>
   <source>Seal for {} cases</source>
   <translation>Selio ar gyfer {} o achosion</translation>
  </message>
  <message>
   <source>Seal it</source>
   <translation>Ei selio</translation>
  </message>
  <message>
   <source>Seal receipts (*.tlog-proof)</source>
   <translation>Derbynebau selio (*.tlog-proof)</translation>
  </message>
  <message>
   <source>Seal the member again with the day, then dispose.</source>
   <translation>Seliwch yr aelod eto gyda'r diwrnod, yna gwaredwch.</translation>
  </message>
  <message>
   <source>Seal what is ticked</source>
   <translation>Selio'r hyn a diciwyd</translation>
  </message>
  <message>
   <source>Sealed</source>
   <translation>Wedi'i selio</translation>
  </message>
  <message>
   <source>Sealed as record {}: {} ×, kept: {}.</source>
   <translation>Wedi'i selio fel cofnod {}: {} ×, cedwir: {}.</translation>
  </message>
  <message>
   <source>sealed by me</source>
   <translation>seliwyd gennyf i</translation>
  </message>
  <message>
   <source>Sealed last</source>
   <translation>Seliwyd ddiwethaf</translation>
  </message>
  <message>
   <source>sealed {gap} later</source>
   <translation>seliwyd yn ddiweddarach ({gap})</translation>
  </message>
  <message>
   <source>Sealed. Record {}, code</source>
   <translation>Wedi'i selio. Cofnod {}, cod</translation>
  </message>
  <message>
   <source>Sealed. Record {}, code {}.</source>
   <translation>Wedi'i selio. Cofnod {}, cod {}.</translation>
  </message>
  <message>
   <source>Sealed: {}.</source>
   <translation>Seliwyd: {}.</translation>
  </message>
  <message>
   <source>Sealing that it was received</source>
   <translation>Yn selio ei fod wedi’i dderbyn</translation>
  </message>
  <message>
   <source>Sealing…</source>
   <translation>Yn selio…</translation>
  </message>
  <message>
   <source>Seal…</source>
   <translation>Selio…</translation>
  </message>
  <message>
   <source>Search all records</source>
   <translation>Chwilio pob cofnod</translation>
  </message>
  <message>
   <source>Search records, commands, cases, people (Ctrl+K)</source>
   <translation>Chwilio cofnodion, gorchmynion, achosion, pobl (Ctrl+K)</translation>
  </message>
  <message>
   <source>Search what was handed over</source>
   <translation>Chwilio’r hyn a drosglwyddwyd</translation>
  </message>
  <message>
   <source>Searching the finished file</source>
   <translation>Yn chwilio’r ffeil orffenedig</translation>
  </message>
  <message>
   <source>seconds</source>
   <translation>eiliad</translation>
  </message>
  <message>
   <source>Sections and documents</source>
   <translation>Adrannau a dogfennau</translation>
  </message>
  <message>
   <source>Seeing people</source>
   <translation>Gweld pobl</translation>
  </message>
  <message>
   <source>seeing people</source>
   <translation>gweld pobl</translation>
  </message>
  <message>
   <source>Sending mode</source>
   <translation>Modd anfon</translation>
  </message>
  <message>
   <source>Sensitive: not to be shown to the person on probation</source>
   <translation>Sensitif: i beidio â'i ddangos i'r person ar brawf</translation>
  </message>
  <message>
   <source>Sent</source>
   <translation>Anfonwyd</translation>
  </message>
  <message>
   <source>sent</source>
   <translation>anfonwyd</translation>
  </message>
  <message>
   <source>Sent at</source>
   <translation>Anfonwyd am</translation>
  </message>
  <message>
   <source>Sent copy of drafted e-mail {number}: {words}</source>
   <translation>Copi a anfonwyd o'r e-bost a ddrafftiwyd {number}: {words}</translation>
  </message>
  <message>
   <source>Sent on</source>
   <translation>Anfonwyd ar</translation>
  </message>
  <message>
   <source>Sent to {whom}: the sent copy is held</source>
   <translation>Anfonwyd at {whom}: mae'r copi a anfonwyd yma</translation>
  </message>
  <message>
   <source>Sent: the sent copy is held</source>
   <translation>Anfonwyd: mae'r copi a anfonwyd yma</translation>
  </message>
  <message>
   <source>Sentence plans</source>
   <translation>Cynlluniau dedfryd</translation>
  </message>
  <message>
   <source>sentence plans</source>
   <translation>cynlluniau dedfryd</translation>
  </message>
  <message>
   <source>Settings</source>
   <translation>Gosodiadau</translation>
  </message>
  <message>
   <source>Several? Put a semicolon between them</source>
   <translation>Sawl un? Rhowch hanner colon rhyngddynt</translation>
  </message>
  <message>
   <source>SFO / DUS reviewing manager</source>
   <translation>Rheolwr adolygu SFO / DUS</translation>
  </message>
  <message>
   <source>SHA-256 of the file</source>
   <translation>SHA-256 y ffeil</translation>
  </message>
  <message>
   <source>SHA-256 of the file before</source>
   <translation>SHA-256 y ffeil cyn hynny</translation>
  </message>
  <message>
   <source>SHA-256 of the file with the time stamp</source>
   <translation>SHA-256 y ffeil gyda’r stamp amser</translation>
  </message>
  <message>
   <source>SHA-256 of the receipt</source>
   <translation>SHA-256 y dderbynneb</translation>
  </message>
  <message>
   <source>SHA-256 of the root certificate</source>
   <translation>SHA-256 y dystysgrif wraidd</translation>
  </message>
  <message>
   <source>Sheet to sign…</source>
   <translation>Taflen i'w llofnodi…</translation>
  </message>
  <message>
   <source>Show again</source>
   <translation>Dangos eto</translation>
  </message>
  <message>
   <source>Show all</source>
   <translation>Dangos popeth</translation>
  </message>
  <message>
   <source>Show in folder</source>
   <translation>Dangos yn y ffolder</translation>
  </message>
  <message>
   <source>Show the record</source>
   <translation>Dangos y cofnod</translation>
  </message>
  <message>
   <source>Show the thread</source>
   <translation>Dangos yr edefyn</translation>
  </message>
  <message>
   <source>Show these</source>
   <translation>Dangos y rhain</translation>
  </message>
  <message>
   <source>Show what is typed</source>
   <translation>Dangos yr hyn a deipir</translation>
  </message>
  <message>
   <source>Shown before, and not this time: {which}.</source>
   <translation>Dangoswyd o'r blaen, ac nid y tro hwn: {which}.</translation>
  </message>
  <message>
   <source>Shown before, and not this time: {}</source>
   <translation>Dangoswyd o’r blaen, ac nid y tro hwn: {}</translation>
  </message>
  <message>
   <source>Sides</source>
   <translation>Ochrau</translation>
  </message>
  <message>
   <source>Sign and save…</source>
   <translation>Llofnodi a chadw…</translation>
  </message>
  <message>
   <source>Signed by</source>
   <translation>Llofnodwyd gan</translation>
  </message>
  <message>
   <source>Signed on</source>
   <translation>Llofnodwyd ar</translation>
  </message>
  <message>
   <source>Signing</source>
   <translation>Yn llofnodi</translation>
  </message>
  <message>
   <source>Signing certificate, SHA-256</source>
   <translation>Tystysgrif lofnodi, SHA-256</translation>
  </message>
  <message>
   <source>silence</source>
   <translation>distawrwydd</translation>
  </message>
  <message>
   <source>Silences</source>
   <translation>Distawrwydd</translation>
  </message>
  <message>
   <source>Silent</source>
   <translation>Tawel</translation>
  </message>
  <message>
   <source>silent {} days</source>
   <translation>tawel ers {} diwrnod</translation>
  </message>
  <message>
   <source>since {}</source>
   <translation>ers {}</translation>
  </message>
  <message>
   <source>Size of the page</source>
   <translation>Maint y dudalen</translation>
  </message>
  <message>
   <source>Size of the text</source>
   <translation>Maint y testun</translation>
  </message>
  <message>
   <source>Smaller</source>
   <translation>Llai</translation>
  </message>
  <message>
   <source>somebody</source>
   <translation>rhywun</translation>
  </message>
  <message>
   <source>Somebody whom I support</source>
   <translation>Rhywun rwy'n ei gefnogi</translation>
  </message>
  <message>
   <source>Something was printed elsewhere…</source>
   <translation>Argraffwyd rhywbeth yn rhywle arall…</translation>
  </message>
  <message>
   <source>Sort</source>
   <translation>Math</translation>
  </message>
  <message>
   <source>Source</source>
   <translation>Ffynhonnell</translation>
  </message>
  <message>
   <source>Stalking</source>
   <translation>Stelcio</translation>
  </message>
  <message>
   <source>stalking</source>
   <translation>stelcio</translation>
  </message>
  <message>
   <source>Stamp a bundle</source>
   <translation>Stampio bwndel</translation>
  </message>
  <message>
   <source>Stamp a bundle…</source>
   <translation>Stampio bwndel…</translation>
  </message>
  <message>
   <source>Stamp the log</source>
   <translation>Stampio’r log</translation>
  </message>
  <message>
   <source>Stamped, by the authority's clock</source>
   <translation>Stampiwyd, yn ôl cloc yr awdurdod</translation>
  </message>
  <message>
   <source>Standard</source>
   <translation>Safon</translation>
  </message>
  <message>
   <source>Standard departed from</source>
   <translation>Safon y gwyrwyd oddi wrthi</translation>
  </message>
  <message>
   <source>Stands for</source>
   <translation>Yn sefyll dros</translation>
  </message>
  <message>
   <source>State</source>
   <translation>Cyflwr</translation>
  </message>
  <message>
   <source>Statement</source>
   <translation>Datganiad</translation>
  </message>
  <message>
   <source>Statement of truth</source>
   <translation>Datganiad o wirionedd</translation>
  </message>
  <message>
   <source>Statement…</source>
   <translation>Datganiad…</translation>
  </message>
  <message>
   <source>Status</source>
   <translation>Statws</translation>
  </message>
  <message>
   <source>Steps of the thread</source>
   <translation>Camau'r edefyn</translation>
  </message>
  <message>
   <source>Stopping…</source>
   <translation>Yn atal…</translation>
  </message>
  <message>
   <source>Stores that are remembered on this computer</source>
   <translation>Storfeydd a gofir ar y cyfrifiadur hwn</translation>
  </message>
  <message>
   <source>Strength of the passphrase</source>
   <translation>Cryfder y cyfrinymadrodd</translation>
  </message>
  <message>
   <source>Stress, occupational health, adjustments, near misses, training and the workload of the time, without anything that identifies a client.</source>
   <translation>Straen, iechyd galwedigaethol, addasiadau, damweiniau fu bron â digwydd, hyfforddiant a llwyth gwaith y cyfnod, heb ddim sy'n adnabod cleient.</translation>
  </message>
  <message>
   <source>Stress, occupational health, adjustments, near misses: about me, and apart from clients</source>
   <translation>Straen, iechyd galwedigaethol, addasiadau, damweiniau fu bron â digwydd: amdanaf i, ac ar wahân i gleientiaid</translation>
  </message>
  <message>
   <source>Subject</source>
   <translation>Pwnc</translation>
  </message>
  <message>
   <source>such as: R, disputed</source>
   <translation>megis: R, dan ddadl</translation>
  </message>
  <message>
   <source>Supervision is expected</source>
   <translation>Disgwylir goruchwyliaeth</translation>
  </message>
  <message>
   <source>Supervision: none for {weeks} weeks; the last was on {day}.</source>
   <translation>Goruchwyliaeth: dim ers {weeks} wythnos; roedd yr un olaf ar {day}.</translation>
  </message>
  <message>
   <source>Supervision: none is recorded in {weeks} weeks.</source>
   <translation>Goruchwyliaeth: ni chofnodwyd un mewn {weeks} wythnos.</translation>
  </message>
  <message>
   <source>Tags</source>
   <translation>Tagiau</translation>
  </message>
  <message>
   <source>Take in</source>
   <translation>Cymryd i mewn</translation>
  </message>
  <message>
   <source>Take in a hand-over…</source>
   <translation>Derbyn trosglwyddiad…</translation>
  </message>
  <message>
   <source>Take in an answer</source>
   <translation>Derbyn ateb</translation>
  </message>
  <message>
   <source>Take in an answer…</source>
   <translation>Derbyn ateb…</translation>
  </message>
  <message>
   <source>Take it in</source>
   <translation>Ei dderbyn</translation>
  </message>
  <message>
   <source>Take it to the next level</source>
   <translation>Mynd ag ef i'r lefel nesaf</translation>
  </message>
  <message>
   <source>Take off: {}</source>
   <translation>Tynnu: {}</translation>
  </message>
  <message>
   <source>Taken in, with record {}. Forms offer its words from now on.</source>
   <translation>Derbyniwyd, gyda chofnod {}. Bydd ffurflenni'n cynnig ei geiriau o hyn ymlaen.</translation>
  </message>
  <message>
   <source>Taken to the next level</source>
   <translation>Aed ag ef i'r lefel nesaf</translation>
  </message>
  <message>
   <source>taken to the next level</source>
   <translation>aed ag ef i'r lefel nesaf</translation>
  </message>
  <message>
   <source>Taken to the next level: {whom}</source>
   <translation>Aed ag ef i'r lefel nesaf: {whom}</translation>
  </message>
  <message>
   <source>Takes the place of the log</source>
   <translation>Yn cymryd lle’r log</translation>
  </message>
  <message>
   <source>Talk to your union before the interview.</source>
   <translation>Siaradwch â'ch undeb cyn y cyfweliad.</translation>
  </message>
  <message>
   <source>Task</source>
   <translation>Tasg</translation>
  </message>
  <message>
   <source>Team</source>
   <translation>Tîm</translation>
  </message>
  <message>
   <source>Terms</source>
   <translation>Telerau</translation>
  </message>
  <message>
   <source>Text</source>
   <translation>Testun</translation>
  </message>
  <message>
   <source>Text (*.txt)</source>
   <translation>Testun (*.txt)</translation>
  </message>
  <message>
   <source>Text (*.txt);;All files (*)</source>
   <translation>Testun (*.txt);;Pob ffeil (*)</translation>
  </message>
  <message>
   <source>Text for nDelius</source>
   <translation>Testun ar gyfer nDelius</translation>
  </message>
  <message>
   <source>That is no text, so it is no word list.</source>
   <translation>Nid testun yw hwnnw, felly nid rhestr geiriau mohono.</translation>
  </message>
  <message>
   <source>That passphrase would be guessed at once. Use four or more words.</source>
   <translation>Câi'r cyfrinymadrodd hwnnw ei ddyfalu ar unwaith. Defnyddiwch bedwar gair neu fwy.</translation>
  </message>
  <message>
   <source>that waits for an answer</source>
   <translation>sy'n aros am ateb</translation>
  </message>
  <message>
   <source>that waits for nothing</source>
   <translation>nad yw'n aros am ddim</translation>
  </message>
  <message>
   <source>That what was held for an incident may be destroyed again, why, and who said so</source>
   <translation>Y caniateir dinistrio eto yr hyn a ddaliwyd ar gyfer digwyddiad, pam, a phwy ddywedodd hynny</translation>
  </message>
  <message>
   <source>The &amp;same again</source>
   <translation>Yr &amp;un peth eto</translation>
  </message>
  <message>
   <source>The author's own file, on paper, at work</source>
   <translation>Ffeil yr awdur ei hun, ar bapur, yn y gwaith</translation>
  </message>
  <message>
   <source>The author's own matters go in: health, how they are treated</source>
   <translation>Mae materion yr awdur ei hun yn mynd i mewn: iechyd, eu triniaeth</translation>
  </message>
  <message>
   <source>The authority's certificate ends</source>
   <translation>Daw tystysgrif yr awdurdod i ben</translation>
  </message>
  <message>
   <source>The authority's certificates, the root among them</source>
   <translation>Tystysgrifau’r awdurdod, gan gynnwys y wraidd</translation>
  </message>
  <message>
   <source>The card of {}</source>
   <translation>Cerdyn {}</translation>
  </message>
  <message>
   <source>The card of {} is taken in ({}).</source>
   <translation>Derbyniwyd cerdyn {} ({}).</translation>
  </message>
  <message>
   <source>The case that it is about keeps its number and its names</source>
   <translation>Mae'r achos y mae'n ymwneud ag ef yn cadw ei rif a'i enwau</translation>
  </message>
  <message>
   <source>The cases took more hours than are contracted in {over} of {all}.</source>
   <translation>Cymerodd yr achosion fwy o oriau nag sydd yn y contract mewn {over} o {all}.</translation>
  </message>
  <message>
   <source>the check of {day} found something wrong</source>
   <translation>canfu gwiriad {day} fod rhywbeth o'i le</translation>
  </message>
  <message>
   <source>the clock stood {gap} earlier at sealing</source>
   <translation>roedd y cloc yn gynharach ({gap}) wrth selio</translation>
  </message>
  <message>
   <source>The concern, in my own words</source>
   <translation>Y pryder, yn fy ngeiriau fy hun</translation>
  </message>
  <message>
   <source>The copy shows what was written and to whom; it does not show that it arrived.</source>
   <translation>Mae'r copi'n dangos yr hyn a ysgrifennwyd ac at bwy; nid yw'n dangos iddo gyrraedd.</translation>
  </message>
  <message>
   <source>The core bundle is {path}.</source>
   <translation>Y bwndel craidd yw {path}.</translation>
  </message>
  <message>
   <source>The documents relied on, by date unless the conformance sheet says otherwise, numbered in one run.</source>
   <translation>Y dogfennau y dibynnir arnynt, yn ôl dyddiad oni bai bod y daflen gydymffurfio'n dweud yn wahanol, wedi'u rhifo'n ddi-dor.</translation>
  </message>
  <message>
   <source>The documents that a grievance rests on, in the order of time.</source>
   <translation>Y dogfennau y mae cwyn yn seiliedig arnynt, yn nhrefn amser.</translation>
  </message>
  <message>
   <source>The draft is deleted.</source>
   <translation>Mae'r drafft wedi'i ddileu.</translation>
  </message>
  <message>
   <source>The e-mail that record {record} wrote out for sending. It is not a sent copy: there is nothing to keep</source>
   <translation>Yr e-bost a ysgrifennodd cofnod {record} i'w anfon. Nid copi a anfonwyd ydyw: nid oes dim i'w gadw</translation>
  </message>
  <message>
   <source>The exact bytes of attachments are embedded</source>
   <translation>Mewnosodir union feitiau'r atodiadau</translation>
  </message>
  <message>
   <source>The export is record {record}.</source>
   <translation>Yr allforio yw cofnod {record}.</translation>
  </message>
  <message>
   <source>The field {}</source>
   <translation>Y maes {}</translation>
  </message>
  <message>
   <source>The file</source>
   <translation>Y ffeil</translation>
  </message>
  <message>
   <source>The file manager could not be started. The file is in {}.</source>
   <translation>Ni ellid cychwyn y rheolwr ffeiliau. Mae'r ffeil yn {}.</translation>
  </message>
  <message>
   <source>The first {} are in the table.</source>
   <translation>Mae'r {} cyntaf yn y tabl.</translation>
  </message>
  <message>
   <source>The first {} threads, of {}. Find an older one in the Timeline, and press Thread there.</source>
   <translation>Y {} edefyn cyntaf, o {}. Chwiliwch am un hŷn yn y Llinell amser, a phwyso Edefyn yno.</translation>
  </message>
  <message>
   <source>The guide does not hold these words.</source>
   <translation>Nid yw'r geiriau hyn yn y canllaw.</translation>
  </message>
  <message>
   <source>The guide, where it tells of this page</source>
   <translation>Y canllaw, lle mae'n sôn am y dudalen hon</translation>
  </message>
  <message>
   <source>The key records are kept. Mails looked at from now on are checked with them.</source>
   <translation>Cedwir y cofnodion allweddi. Gwirir e-byst yr edrychir arnynt o hyn ymlaen â nhw.</translation>
  </message>
  <message>
   <source>The last backup is old, or there is none: if this machine is lost, what was sealed since is lost.</source>
   <translation>Mae'r copi wrth gefn diwethaf yn hen, neu nid oes un: os collir y peiriant hwn, collir yr hyn a seliwyd ers hynny.</translation>
  </message>
  <message>
   <source>the last moment of the period</source>
   <translation>eiliad olaf y cyfnod</translation>
  </message>
  <message>
   <source>The last twelve months</source>
   <translation>Y deuddeg mis diwethaf</translation>
  </message>
  <message>
   <source>The late section by itself is written to it.</source>
   <translation>Ysgrifennir yr adran hwyr ar ei phen ei hun iddi.</translation>
  </message>
  <message>
   <source>The late section by itself is {path}.</source>
   <translation>Yr adran hwyr ar ei phen ei hun yw {path}.</translation>
  </message>
  <message>
   <source>The mail, the receipt, the answer or the silence, on a few pages, to be printed and kept.</source>
   <translation>Yr e-bost, y dderbynneb, yr ateb neu'r distawrwydd, ar ychydig dudalennau, i'w hargraffu a'u cadw.</translation>
  </message>
  <message>
   <source>The mails themselves are not in it: whoever it is for has them, and “thread” makes a copy with them.</source>
   <translation>Nid yw'r e-byst eu hunain ynddo: maent gan bwy bynnag y mae ar ei gyfer, ac mae “thread” yn gwneud copi gyda hwy.</translation>
  </message>
  <message>
   <source>The message that it names came in later, as record {record}: exact match</source>
   <translation>Daeth y neges y mae'n ei henwi i mewn yn ddiweddarach, fel cofnod {record}: cyfatebiaeth union</translation>
  </message>
  <message>
   <source>The message that it names came in later, as record {record}: probable match</source>
   <translation>Daeth y neges y mae'n ei henwi i mewn yn ddiweddarach, fel cofnod {record}: cyfatebiaeth debygol</translation>
  </message>
  <message>
   <source>The message that it names is kept as a draft: it is matched with it when that is sealed.</source>
   <translation>Cedwir y neges y mae'n ei henwi fel drafft: caiff ei pharu â hi pan selir honno.</translation>
  </message>
  <message>
   <source>the message that it names is kept as a draft: seal that, and they are matched</source>
   <translation>cedwir y neges y mae'n ei henwi fel drafft: seliwch honno, a chânt eu paru</translation>
  </message>
  <message>
   <source>The new one</source>
   <translation>Yr un newydd</translation>
  </message>
  <message>
   <source>The new version brings your store forward when it opens it first (tables {here} to {there}): it keeps a copy in the store's folder for 30 days, and changes nothing if what is sealed would not stay the same. This version cannot open it afterwards. Make a backup on another drive before.</source>
   <translation>Pan agorir eich storfa gyntaf gan y fersiwn newydd, daw â hi ymlaen (tablau {here} i {there}): mae’n cadw copi yn ffolder y storfa am 30 diwrnod, ac nid yw’n newid dim os na fyddai’r hyn a seliwyd yn aros yr un fath. Ni all y fersiwn hwn ei hagor wedyn. Gwnewch gopi wrth gefn ar yriant arall cyn hynny.</translation>
  </message>
  <message>
   <source>The officer's own file, at work</source>
   <translation>Ffeil y swyddog ei hun, yn y gwaith</translation>
  </message>
  <message>
   <source>The officer, for an interview</source>
   <translation>Y swyddog, ar gyfer cyfweliad</translation>
  </message>
  <message>
   <source>The officer, when leaving the service</source>
   <translation>Y swyddog, wrth adael y gwasanaeth</translation>
  </message>
  <message>
   <source>The old code opens the store no more, but it still opens older backups. The new one is shown once.</source>
   <translation>Nid yw'r hen god yn agor y storfa mwyach, ond mae'n dal i agor hen gopïau wrth gefn. Dangosir yr un newydd unwaith.</translation>
  </message>
  <message>
   <source>The old one opens the store no more, but it still opens older backups. That it was changed is sealed.</source>
   <translation>Nid yw'r hen un yn agor y storfa mwyach, ond mae'n dal i agor hen gopïau wrth gefn. Selir iddo gael ei newid.</translation>
  </message>
  <message>
   <source>The one &amp;now, or the recovery code</source>
   <translation>Yr un pre&amp;sennol, neu'r cod adfer</translation>
  </message>
  <message>
   <source>The pages are being made…</source>
   <translation>Mae'r tudalennau'n cael eu gwneud…</translation>
  </message>
  <message>
   <source>The passphrase is changed. Make a backup: older ones open with the old one.</source>
   <translation>Newidiwyd y cyfrinymadrodd. Gwnewch gopi wrth gefn: mae rhai hŷn yn agor â'r hen un.</translation>
  </message>
  <message>
   <source>the passphrase made {}</source>
   <translation>y cyfrinymadrodd a wnaed {}</translation>
  </message>
  <message>
   <source>The passphrase now, or the recovery code</source>
   <translation>Y cyfrinymadrodd presennol, neu'r cod adfer</translation>
  </message>
  <message>
   <source>The passphrase that opened the store when it was made:</source>
   <translation>Y cyfrinymadrodd a agorai'r storfa pan y'i gwnaed:</translation>
  </message>
  <message>
   <source>The people who needed to know were told</source>
   <translation>Dywedwyd wrth y bobl yr oedd angen iddynt wybod</translation>
  </message>
  <message>
   <source>The person or body that the disclosure is made to</source>
   <translation>Y person neu'r corff y gwneir y datgeliad iddo</translation>
  </message>
  <message>
   <source>The person whom the records are about</source>
   <translation>Y person y mae'r cofnodion amdano</translation>
  </message>
  <message>
   <source>The place on the page</source>
   <translation>Y lle ar y dudalen</translation>
  </message>
  <message>
   <source>The plan “{}” is removed. Bundles made of it are not touched.</source>
   <translation>Tynnwyd y cynllun “{}”. Ni chyffyrddir â bwndeli a wnaed ohono.</translation>
  </message>
  <message>
   <source>The printer could not be begun. Nothing was printed.</source>
   <translation>Ni ellid cychwyn yr argraffydd. Nid argraffwyd dim.</translation>
  </message>
  <message>
   <source>The reason in full</source>
   <translation>Y rheswm yn llawn</translation>
  </message>
  <message>
   <source>The receipt to send back</source>
   <translation>Y dderbynneb i’w hanfon yn ôl</translation>
  </message>
  <message>
   <source>The recipient did not allow a receipt</source>
   <translation>Ni chaniataodd y derbynnydd dderbynneb</translation>
  </message>
  <message>
   <source>The record</source>
   <translation>Y cofnod</translation>
  </message>
  <message>
   <source>The record as it will be sealed</source>
   <translation>Y cofnod fel y caiff ei selio</translation>
  </message>
  <message>
   <source>The records of the case of the person who died; everybody else's details are withheld.</source>
   <translation>Cofnodion achos y person a fu farw; cedwir yn ôl fanylion pawb arall.</translation>
  </message>
  <message>
   <source>The records that name them</source>
   <translation>Y cofnodion sy'n eu henwi</translation>
  </message>
  <message>
   <source>the recovery code made {}</source>
   <translation>y cod adfer a wnaed {}</translation>
  </message>
  <message>
   <source>The same again</source>
   <translation>Yr un peth eto</translation>
  </message>
  <message>
   <source>The same as a table</source>
   <translation>Yr un peth fel tabl</translation>
  </message>
  <message>
   <source>The same person</source>
   <translation>Yr un person</translation>
  </message>
  <message>
   <source>The same person as {}</source>
   <translation>Yr un person â {}</translation>
  </message>
  <message>
   <source>The seal receipt proves that this record was in your log, without showing it. Keep it where others can vouch for it.</source>
   <translation>Mae'r dderbynneb selio'n profi bod y cofnod hwn yn eich log, heb ei ddangos. Cadwch hi lle gall eraill dystio iddi.</translation>
  </message>
  <message>
   <source>the sent copy of drafted e-mail {record}</source>
   <translation>y copi a anfonwyd o'r e-bost a ddrafftiwyd {record}</translation>
  </message>
  <message>
   <source>The sheet is in {}, in clear. Print it, then delete the file: whoever has it can open the store.</source>
   <translation>Mae'r ddalen yn {}, yn agored. Argraffwch hi, yna dilëwch y ffeil: gall pwy bynnag sydd â hi agor y storfa.</translation>
  </message>
  <message>
   <source>The store is &amp;for</source>
   <translation>Mae’r &amp;storfa ar gyfer</translation>
  </message>
  <message>
   <source>The store is for</source>
   <translation>Mae’r storfa ar gyfer</translation>
  </message>
  <message>
   <source>The store opens with: </source>
   <translation>Mae'r storfa'n agor â: </translation>
  </message>
  <message>
   <source>The store was locked meanwhile: a backup that was not finished was stopped, and left nothing.</source>
   <translation>Clowyd y storfa yn y cyfamser: ataliwyd copi wrth gefn nad oedd wedi gorffen, ac ni adawodd ddim.</translation>
  </message>
  <message>
   <source>The store was locked while a bundle was being made: no file was written, unless the register names it.</source>
   <translation>Clowyd y storfa tra oedd bwndel yn cael ei wneud: ni ysgrifennwyd ffeil, oni bai bod y gofrestr yn ei henwi.</translation>
  </message>
  <message>
   <source>The store was locked while a hand-over was taken in: look whether it is there, or take it in again.</source>
   <translation>Clowyd y storfa wrth i drosglwyddiad gael ei dderbyn: gwiriwch a yw yno, neu derbyniwch ef eto.</translation>
  </message>
  <message>
   <source>The store was locked while it was checked: check it again.</source>
   <translation>Clowyd y storfa tra oedd yn cael ei gwirio: gwiriwch hi eto.</translation>
  </message>
  <message>
   <source>The time given for what happened lies in the future.</source>
   <translation>Mae'r amser a roddwyd ar gyfer yr hyn a ddigwyddodd yn y dyfodol.</translation>
  </message>
  <message>
   <source>The time stamp holds, and is sealed.</source>
   <translation>Mae’r stamp amser yn dal, ac wedi’i selio.</translation>
  </message>
  <message>
   <source>The two passphrases differ.</source>
   <translation>Mae'r ddau gyfrinymadrodd yn wahanol.</translation>
  </message>
  <message>
   <source>The union, for a case of one or several members</source>
   <translation>Yr undeb, ar gyfer achos un neu ragor o aelodau</translation>
  </message>
  <message>
   <source>The words hold a {}.</source>
   <translation>Mae'r geiriau'n cynnwys: {}.</translation>
  </message>
  <message>
   <source>the words stand in {} places of this one</source>
   <translation>mae’r geiriau mewn {} o leoedd yn hwn</translation>
  </message>
  <message>
   <source>The year</source>
   <translation>Y flwyddyn</translation>
  </message>
  <message>
   <source>The year, day by day</source>
   <translation>Y flwyddyn, ddydd wrth ddydd</translation>
  </message>
  <message>
   <source>the {} longest overdue</source>
   <translation>y {} hwyaf eu hoediad</translation>
  </message>
  <message>
   <source>Their words and files are gone then, and nothing brings them back.</source>
   <translation>Bydd eu geiriau a'u ffeiliau wedi mynd wedyn, ac nid oes dim yn dod â nhw'n ôl.</translation>
  </message>
  <message>
   <source>There are no drafts. Press Ctrl+N to begin one.</source>
   <translation>Nid oes drafftiau. Pwyswch Ctrl+N i ddechrau un.</translation>
  </message>
  <message>
   <source>There is a section “{}” already: give this one another title.</source>
   <translation>Mae adran “{}” yn barod: rhowch deitl arall i hon.</translation>
  </message>
  <message>
   <source>There is no backup yet. If this machine is lost, everything in it is lost.</source>
   <translation>Nid oes copi wrth gefn eto. Os collir y peiriant hwn, collir popeth ynddo.</translation>
  </message>
  <message>
   <source>There is no member yet. Give them your card (Check, Witnesses…), take in theirs, then take in what they hand over.</source>
   <translation>Nid oes aelod eto. Rhowch eich cerdyn iddynt (Gwirio, Tystion…), derbyniwch eu cerdyn nhw, yna derbyniwch yr hyn y maent yn ei drosglwyddo.</translation>
  </message>
  <message>
   <source>There is no store in {}. Choose the folder that it was made in, or make a new one.</source>
   <translation>Nid oes storfa yn {}. Dewiswch y ffolder y'i gwnaed ynddo, neu gwnewch un newydd.</translation>
  </message>
  <message>
   <source>They change what is offered and counted, never what is sealed.</source>
   <translation>Maent yn newid yr hyn a gynigir ac a gyfrifir, byth yr hyn a seliwyd.</translation>
  </message>
  <message>
   <source>they move what I have to do myself; as text: a day (2025-12-29), days (2025-08-04 to 2025-08-15), or a weekday (Friday from 2025-09-01)</source>
   <translation>maent yn symud yr hyn sydd raid i mi ei wneud fy hun; fel testun: diwrnod (2025-12-29), dyddiau (2025-08-04 to 2025-08-15), neu ddiwrnod o'r wythnos (Friday from 2025-09-01)</translation>
  </message>
  <message>
   <source>They stand at the end; what was handed over keeps its page numbers.</source>
   <translation>Maent ar y diwedd; mae'r hyn a drosglwyddwyd yn cadw ei rifau tudalen.</translation>
  </message>
  <message>
   <source>They stay out of every bundle that is not about them, but the officer's own.</source>
   <translation>Maent yn aros allan o bob bwndel nad yw amdanynt, ac eithrio un y swyddog ei hun.</translation>
  </message>
  <message>
   <source>Things</source>
   <translation>Pethau</translation>
  </message>
  <message>
   <source>Things withheld by the redaction schedule</source>
   <translation>Pethau a gadwyd yn ôl gan yr atodlen olygu</translation>
  </message>
  <message>
   <source>This &amp;machine is</source>
   <translation>Y &amp;peiriant hwn yw</translation>
  </message>
  <message>
   <source>This adds to record {record}</source>
   <translation>Mae hwn yn ychwanegu at gofnod {record}</translation>
  </message>
  <message>
   <source>This answers record {record}</source>
   <translation>Mae hwn yn ateb cofnod {record}</translation>
  </message>
  <message>
   <source>This backup does not hold – {}: {}</source>
   <translation>Nid yw'r copi wrth gefn hwn yn dal – {}: {}</translation>
  </message>
  <message>
   <source>This backup holds: it opens, and every record and attachment in it is what was sealed.</source>
   <translation>Mae'r copi wrth gefn hwn yn dal: mae'n agor, ac mae pob cofnod ac atodiad ynddo yr hyn a seliwyd.</translation>
  </message>
  <message>
   <source>This bundle is about one case. Choose the case first.</source>
   <translation>Mae'r bwndel hwn am un achos. Dewiswch yr achos yn gyntaf.</translation>
  </message>
  <message>
   <source>This cannot be read as a time: {}.</source>
   <translation>Ni ellir darllen hwn fel amser: {}.</translation>
  </message>
  <message>
   <source>This carries out record {record}</source>
   <translation>Mae hwn yn gweithredu cofnod {record}</translation>
  </message>
  <message>
   <source>This computer has no program that opens {}, or it could not be started. The file is in {}.</source>
   <translation>Nid oes gan y cyfrifiadur hwn raglen sy'n agor {}, neu ni ellid ei chychwyn. Mae'r ffeil yn {}.</translation>
  </message>
  <message>
   <source>This corrects record {record}</source>
   <translation>Mae hwn yn cywiro cofnod {record}</translation>
  </message>
  <message>
   <source>This escalates record {record}</source>
   <translation>Mae hwn yn uwchgyfeirio cofnod {record}</translation>
  </message>
  <message>
   <source>This follows record {record}</source>
   <translation>Mae hwn yn dilyn cofnod {record}</translation>
  </message>
  <message>
   <source>This is a mail receipt for record {record}</source>
   <translation>Derbynneb e-bost ar gyfer cofnod {record} yw hon</translation>
  </message>
  <message>
   <source>This is about record {record}</source>
   <translation>Mae hwn ynghylch cofnod {record}</translation>
  </message>
  <message>
   <source>This is Evidence Trail {version} of {day}; here is {here}.</source>
   <translation>Dyma Evidence Trail {version}, {day}; yma mae {here}.</translation>
  </message>
  <message>
   <source>This is the invented case; nothing in it is real. Its passphrase is “{}”.</source>
   <translation>Dyma'r achos dychmygol; nid oes dim ynddo'n real. Ei gyfrinymadrodd yw “{}”.</translation>
  </message>
  <message>
   <source>This is under the policy of record {record}</source>
   <translation>Mae hwn o dan bolisi cofnod {record}</translation>
  </message>
  <message>
   <source>This is written more than one working day after it happened. You can say why, under “Notes, place and tags”.</source>
   <translation>Ysgrifennir hyn fwy nag un diwrnod gwaith ar ôl iddo ddigwydd. Gallwch ddweud pam, o dan “Nodiadau, lle a thagiau”.</translation>
  </message>
  <message>
   <source>This machine is</source>
   <translation>Y peiriant hwn yw</translation>
  </message>
  <message>
   <source>This program carries no release key: it takes in no update file by itself.</source>
   <translation>Nid oes allwedd rhyddhau yn y rhaglen hon: nid yw’n derbyn unrhyw ffeil ddiweddaru ar ei phen ei hun.</translation>
  </message>
  <message>
   <source>This repeats record {record}</source>
   <translation>Mae hwn yn ailadrodd cofnod {record}</translation>
  </message>
  <message>
   <source>This results from record {record}</source>
   <translation>Mae hwn yn deillio o gofnod {record}</translation>
  </message>
  <message>
   <source>This time is</source>
   <translation>Mae'r amser hwn</translation>
  </message>
  <message>
   <source>Thread</source>
   <translation>Edefyn</translation>
  </message>
  <message>
   <source>Thread {}</source>
   <translation>Edefyn {}</translation>
  </message>
  <message>
   <source>Threads</source>
   <translation>Edafedd</translation>
  </message>
  <message>
   <source>Tick all</source>
   <translation>Ticio pob un</translation>
  </message>
  <message>
   <source>Tick none</source>
   <translation>Ticio dim un</translation>
  </message>
  <message>
   <source>Tick what fits</source>
   <translation>Ticio'r hyn sy'n cyfateb</translation>
  </message>
  <message>
   <source>Tick “Request a Read Receipt” in your mail program before sending: some ignore the request in a draft.</source>
   <translation>Ticiwch “Gofyn am dderbynneb darllen” yn eich rhaglen e-bost cyn anfon: mae rhai'n anwybyddu'r cais mewn drafft.</translation>
  </message>
  <message>
   <source>Tier</source>
   <translation>Haen</translation>
  </message>
  <message>
   <source>Tier A and B cases</source>
   <translation>Achosion haen A a B</translation>
  </message>
  <message>
   <source>tier a and b cases</source>
   <translation>achosion haen A a B</translation>
  </message>
  <message>
   <source>Tier C and D cases</source>
   <translation>Achosion haen C a D</translation>
  </message>
  <message>
   <source>tier c and d cases</source>
   <translation>achosion haen C a D</translation>
  </message>
  <message>
   <source>Tier E to G cases</source>
   <translation>Achosion haen E i G</translation>
  </message>
  <message>
   <source>tier e to g cases</source>
   <translation>achosion haen E i G</translation>
  </message>
  <message>
   <source>Time</source>
   <translation>Amser</translation>
  </message>
  <message>
   <source>Time as written</source>
   <translation>Amser fel yr ysgrifennwyd</translation>
  </message>
  <message>
   <source>Time between backups</source>
   <translation>Amser rhwng copïau wrth gefn</translation>
  </message>
  <message>
   <source>Time limits are short, and this program works out none for a tribunal: get advice now.</source>
   <translation>Mae terfynau amser yn fyr, ac nid yw'r rhaglen hon yn cyfrifo'r un ar gyfer tribiwnlys: mynnwch gyngor nawr.</translation>
  </message>
  <message>
   <source>Time off as a union rep: how much, what for, paid or not</source>
   <translation>Amser rhydd fel cynrychiolydd undeb: faint, at beth, gyda thâl neu beidio</translation>
  </message>
  <message>
   <source>Time on the receipt</source>
   <translation>Amser ar y dderbynneb</translation>
  </message>
  <message>
   <source>Time stamp</source>
   <translation>Stamp amser</translation>
  </message>
  <message>
   <source>time stamp</source>
   <translation>stamp amser</translation>
  </message>
  <message>
   <source>Time stamp by {authority} in a bundle (SHA-256 {digest}…): its certificate ends on {day}. Have the file stamped anew before that</source>
   <translation>Stamp amser gan {authority} mewn bwndel (SHA-256 {digest}…): daw ei dystysgrif i ben ar {day}. Trefnwch i’r ffeil gael ei stampio o’r newydd cyn hynny</translation>
  </message>
  <message>
   <source>Time stamp by {authority}: its certificate ends on {day}. Have the log stamped anew before that</source>
   <translation>Stamp amser gan {authority}: daw ei dystysgrif i ben ar {day}. Trefnwch i’r log gael ei stampio o’r newydd cyn hynny</translation>
  </message>
  <message>
   <source>Time stamp in a bundle</source>
   <translation>Stamp amser mewn bwndel</translation>
  </message>
  <message>
   <source>time stamp in a bundle</source>
   <translation>stamp amser mewn bwndel</translation>
  </message>
  <message>
   <source>Time stamps</source>
   <translation>Stampiau amser</translation>
  </message>
  <message>
   <source>Time stamps…</source>
   <translation>Stampiau amser…</translation>
  </message>
  <message>
   <source>Time-stamp it…</source>
   <translation>Rhoi stamp amser arno…</translation>
  </message>
  <message>
   <source>Time-stamping authorities</source>
   <translation>Awdurdodau stamp amser</translation>
  </message>
  <message>
   <source>Time-stamping authority</source>
   <translation>Awdurdod stamp amser</translation>
  </message>
  <message>
   <source>time-stamping authority</source>
   <translation>awdurdod stampio amser</translation>
  </message>
  <message>
   <source>Timeline</source>
   <translation>Llinell amser</translation>
  </message>
  <message>
   <source>Title</source>
   <translation>Teitl</translation>
  </message>
  <message>
   <source>Title, date, pages and marks</source>
   <translation>Teitl, dyddiad, tudalennau a marciau</translation>
  </message>
  <message>
   <source>To</source>
   <translation>At</translation>
  </message>
  <message>
   <source>To be stamped: the head of the log</source>
   <translation>I’w stampio: pen y log</translation>
  </message>
  <message>
   <source>To be stamped: {}</source>
   <translation>I’w stampio: {}</translation>
  </message>
  <message>
   <source>To be withheld, and found nowhere in this bundle: {}.</source>
   <translation>I'w gadw'n ôl, ac nis canfuwyd yn unman yn y bwndel hwn: {}.</translation>
  </message>
  <message>
   <source>To whom</source>
   <translation>At bwy</translation>
  </message>
  <message>
   <source>to {day}</source>
   <translation>hyd {day}</translation>
  </message>
  <message>
   <source>today</source>
   <translation>today</translation>
  </message>
  <message>
   <source>today 14:10, 3 April 2025 9:30</source>
   <translation>today 14:10, 3 April 2025 9:30 (yn Saesneg)</translation>
  </message>
  <message>
   <source>today 14:10, yesterday, 3 April 2025 9:30</source>
   <translation>today 14:10, yesterday, 3 April 2025 9:30 (yn Saesneg)</translation>
  </message>
  <message>
   <source>today, or empty for the end</source>
   <translation>today, neu wag am y diwedd</translation>
  </message>
  <message>
   <source>Told to</source>
   <translation>Dywedwyd wrth</translation>
  </message>
  <message>
   <source>Training</source>
   <translation>Hyfforddiant</translation>
  </message>
  <message>
   <source>training</source>
   <translation>hyfforddiant</translation>
  </message>
  <message>
   <source>Training and qualification</source>
   <translation>Hyfforddiant a chymhwyster</translation>
  </message>
  <message>
   <source>training and qualification</source>
   <translation>hyfforddiant a chymhwyster</translation>
  </message>
  <message>
   <source>Travel</source>
   <translation>Teithio</translation>
  </message>
  <message>
   <source>travel</source>
   <translation>teithio</translation>
  </message>
  <message>
   <source>Tribunal</source>
   <translation>Tribiwnlys</translation>
  </message>
  <message>
   <source>Trust it</source>
   <translation>Ymddiried ynddo</translation>
  </message>
  <message>
   <source>Try a backup</source>
   <translation>Rhoi prawf ar gopi wrth gefn</translation>
  </message>
  <message>
   <source>Try a backup…</source>
   <translation>Rhoi prawf ar gopi wrth gefn…</translation>
  </message>
  <message>
   <source>Try which backup? Choose its folder</source>
   <translation>Rhoi prawf ar ba gopi? Dewiswch ei ffolder</translation>
  </message>
  <message>
   <source>Type</source>
   <translation>Math</translation>
  </message>
  <message>
   <source>Type a word first.</source>
   <translation>Teipiwch air yn gyntaf.</translation>
  </message>
  <message>
   <source>Type the passphrase that opens the store now.</source>
   <translation>Teipiwch y cyfrinymadrodd sy'n agor y storfa nawr.</translation>
  </message>
  <message>
   <source>Unanswered for {days}, {late} past {due}</source>
   <translation>Heb ateb ({days}), {late} y tu hwnt i {due}</translation>
  </message>
  <message>
   <source>Under a hold of record {}: it must not be destroyed.</source>
   <translation>O dan afael cofnod {}: rhaid peidio â'i ddinistrio.</translation>
  </message>
  <message>
   <source>Under which name?</source>
   <translation>O dan ba enw?</translation>
  </message>
  <message>
   <source>Undo</source>
   <translation>Dadwneud</translation>
  </message>
  <message>
   <source>Union advice</source>
   <translation>Cyngor undeb</translation>
  </message>
  <message>
   <source>union advice</source>
   <translation>cyngor undeb</translation>
  </message>
  <message>
   <source>Union rep</source>
   <translation>Cynrychiolydd undeb</translation>
  </message>
  <message>
   <source>Union rep, for a collective matter</source>
   <translation>Cynrychiolydd undeb, ar gyfer mater ar y cyd</translation>
  </message>
  <message>
   <source>Union rep, for casework</source>
   <translation>Cynrychiolydd undeb, ar gyfer gwaith achos</translation>
  </message>
  <message>
   <source>Unlock</source>
   <translation>Datgloi</translation>
  </message>
  <message>
   <source>Unlocking…</source>
   <translation>Yn datgloi…</translation>
  </message>
  <message>
   <source>Unreadable: it could not be judged.</source>
   <translation>Annarllenadwy: ni ellid ei farnu.</translation>
  </message>
  <message>
   <source>Until</source>
   <translation>Tan</translation>
  </message>
  <message>
   <source>until</source>
   <translation>tan</translation>
  </message>
  <message>
   <source>until {}</source>
   <translation>tan {}</translation>
  </message>
  <message>
   <source>Up</source>
   <translation>I fyny</translation>
  </message>
  <message>
   <source>Update file</source>
   <translation>Ffeil ddiweddaru</translation>
  </message>
  <message>
   <source>Updates</source>
   <translation>Diweddariadau</translation>
  </message>
  <message>
   <source>Value</source>
   <translation>Gwerth</translation>
  </message>
  <message>
   <source>Verified: every item holds.</source>
   <translation>Wedi'i wirio: mae pob eitem yn dal.</translation>
  </message>
  <message>
   <source>Verify a file</source>
   <translation>Gwirio ffeil</translation>
  </message>
  <message>
   <source>Verify a file…</source>
   <translation>Gwirio ffeil…</translation>
  </message>
  <message>
   <source>Verify it</source>
   <translation>Ei wirio</translation>
  </message>
  <message>
   <source>Verifying every record and page</source>
   <translation>Yn gwirio pob cofnod a thudalen</translation>
  </message>
  <message>
   <source>Verifying {}…</source>
   <translation>Yn gwirio {}…</translation>
  </message>
  <message>
   <source>Version</source>
   <translation>Fersiwn</translation>
  </message>
  <message>
   <source>Version {}, with Qt {} and Python {}, on {}.</source>
   <translation>Fersiwn {}, gyda Qt {} a Python {}, ar {}.</translation>
  </message>
  <message>
   <source>Very high</source>
   <translation>Uchel iawn</translation>
  </message>
  <message>
   <source>very high</source>
   <translation>uchel iawn</translation>
  </message>
  <message>
   <source>Very high risk</source>
   <translation>Risg uchel iawn</translation>
  </message>
  <message>
   <source>Views</source>
   <translation>Golygon</translation>
  </message>
  <message>
   <source>Wait for a mail receipt</source>
   <translation>Aros am dderbynneb e-bost</translation>
  </message>
  <message>
   <source>Wait for a reply</source>
   <translation>Aros am ateb</translation>
  </message>
  <message>
   <source>waiting since {}</source>
   <translation>yn aros ers {}</translation>
  </message>
  <message>
   <source>Warnings shown</source>
   <translation>Rhybuddion a ddangoswyd</translation>
  </message>
  <message>
   <source>Was kept as a draft, which is sealed now</source>
   <translation>Cadwyd fel drafft, sydd wedi'i selio nawr</translation>
  </message>
  <message>
   <source>Week from</source>
   <translation>Wythnos o</translation>
  </message>
  <message>
   <source>weeks</source>
   <translation>wythnosau</translation>
  </message>
  <message>
   <source>What</source>
   <translation>Beth</translation>
  </message>
  <message>
   <source>What a mail receipt or delivery report says, or that none came</source>
   <translation>Yr hyn y mae derbynneb e-bost neu adroddiad danfon yn ei ddweud, neu na ddaeth un</translation>
  </message>
  <message>
   <source>What became of a case</source>
   <translation>Beth ddaeth o achos</translation>
  </message>
  <message>
   <source>what became of a case</source>
   <translation>beth ddaeth o achos</translation>
  </message>
  <message>
   <source>What became of it</source>
   <translation>Beth ddaeth ohono</translation>
  </message>
  <message>
   <source>What became of something that was promised or due</source>
   <translation>Beth ddaeth o rywbeth a addawyd neu a oedd yn ddyledus</translation>
  </message>
  <message>
   <source>What came</source>
   <translation>Beth ddaeth</translation>
  </message>
  <message>
   <source>What came late</source>
   <translation>Yr hyn a ddaeth yn hwyr</translation>
  </message>
  <message>
   <source>What came of it</source>
   <translation>Beth ddaeth ohono</translation>
  </message>
  <message>
   <source>What can be proved of each record without showing what it says: when, of what kind, how receipts were matched.</source>
   <translation>Yr hyn y gellir ei brofi am bob cofnod heb ddangos yr hyn a ddywed: pryd, o ba fath, sut y parwyd derbynebau.</translation>
  </message>
  <message>
   <source>What can be read of a damaged store becomes a new one; the damaged store stays as it is. A backup is better, where there is one that is new enough. The new store says in a sealed record what was lost, and earlier receipts and bundles still fit it.</source>
   <translation>Daw'r hyn y gellir ei ddarllen o storfa wedi'i difrodi yn un newydd; mae'r storfa a ddifrodwyd yn aros fel y mae. Gwell copi wrth gefn, lle mae un digon newydd. Mae'r storfa newydd yn dweud mewn cofnod wedi'i selio beth a gollwyd, ac mae derbynebau a bwndeli cynharach yn dal i gyfateb iddi.</translation>
  </message>
  <message>
   <source>What changed</source>
   <translation>Beth newidiodd</translation>
  </message>
  <message>
   <source>What changes</source>
   <translation>Beth sy’n newid</translation>
  </message>
  <message>
   <source>What falls due in it</source>
   <translation>Yr hyn sy'n ddyledus ynddi</translation>
  </message>
  <message>
   <source>What falls due together</source>
   <translation>Yr hyn sy'n dod yn ddyledus gyda'i gilydd</translation>
  </message>
  <message>
   <source>What follows from it</source>
   <translation>Beth sy'n dilyn ohono</translation>
  </message>
  <message>
   <source>What for</source>
   <translation>At ba ddiben</translation>
  </message>
  <message>
   <source>What forms offer. Any other word can be typed: it is sealed as typed, and counted apart. Records keep the words they have.</source>
   <translation>Yr hyn y mae ffurflenni'n ei gynnig. Gellir teipio unrhyw air arall: caiff ei selio fel y'i teipiwyd, a'i gyfrif ar wahân. Mae cofnodion yn cadw'r geiriau sydd ganddynt.</translation>
  </message>
  <message>
   <source>What happened</source>
   <translation>Beth ddigwyddodd</translation>
  </message>
  <message>
   <source>What happened, and the pages that matter</source>
   <translation>Beth ddigwyddodd, a'r tudalennau sy'n bwysig</translation>
  </message>
  <message>
   <source>What has to be done</source>
   <translation>Beth sydd i’w wneud</translation>
  </message>
  <message>
   <source>What has to be given is a question of law: take advice first. Destroy nothing under a hold. Names are known only where you have set them: read it through before you hand it over. Files other than mails are shown only where somebody has looked through them for this bundle.</source>
   <translation>Cwestiwn cyfreithiol yw beth y mae'n rhaid ei roi: ceisiwch gyngor yn gyntaf. Peidiwch â dinistrio dim sydd dan afael. Dim ond lle rydych wedi'u gosod y mae enwau'n hysbys: darllenwch drwyddo cyn ei drosglwyddo. Heblaw am e-byst, dim ond lle mae rhywun wedi edrych drwyddynt ar gyfer y bwndel hwn y dangosir ffeiliau.</translation>
  </message>
  <message>
   <source>What I ask for</source>
   <translation>Yr hyn rwy'n gofyn amdano</translation>
  </message>
  <message>
   <source>What I ask for, or give notice of</source>
   <translation>Yr hyn y gofynnaf amdano, neu yr wyf yn rhoi hysbysiad ohono</translation>
  </message>
  <message>
   <source>What I asked another agency for, what it promised, and what came</source>
   <translation>Yr hyn a ofynnais gan asiantaeth arall, yr hyn a addawodd, a'r hyn a ddaeth</translation>
  </message>
  <message>
   <source>What I asked for</source>
   <translation>Yr hyn y gofynnais amdano</translation>
  </message>
  <message>
   <source>What I could not do, why, and what I offered instead</source>
   <translation>Yr hyn na allwn ei wneud, pam, a'r hyn a gynigiais yn ei le</translation>
  </message>
  <message>
   <source>What I did</source>
   <translation>Yr hyn a wnes i</translation>
  </message>
  <message>
   <source>What I did in one of the cases that an instruction or a decision covers, or why I did not</source>
   <translation>Yr hyn a wnes yn un o'r achosion y mae cyfarwyddyd neu benderfyniad yn eu cwmpasu, neu pam na wnes</translation>
  </message>
  <message>
   <source>What I knew, and what I think</source>
   <translation>Yr hyn a wyddwn, a'm barn</translation>
  </message>
  <message>
   <source>What I offered instead</source>
   <translation>Yr hyn a gynigiais yn lle hynny</translation>
  </message>
  <message>
   <source>What I raised, and with whom</source>
   <translation>Yr hyn a godais, a gyda phwy</translation>
  </message>
  <message>
   <source>What I said</source>
   <translation>Yr hyn a ddywedais</translation>
  </message>
  <message>
   <source>What I said to it</source>
   <translation>Yr hyn a ddywedais amdano</translation>
  </message>
  <message>
   <source>What I still did not know, and what that meant</source>
   <translation>Yr hyn na wyddwn o hyd, a beth yr oedd hynny'n ei olygu</translation>
  </message>
  <message>
   <source>What I understood by it</source>
   <translation>Yr hyn a ddeallais wrtho</translation>
  </message>
  <message>
   <source>What I understood, and what I think</source>
   <translation>Yr hyn a ddeallais, a'm barn</translation>
  </message>
  <message>
   <source>What I understood, what I think, what I did</source>
   <translation>Yr hyn a ddeallais, fy marn, a'r hyn a wneuthum</translation>
  </message>
  <message>
   <source>What I was asked to do</source>
   <translation>Yr hyn y gofynnwyd i mi ei wneud</translation>
  </message>
  <message>
   <source>What I was told to do</source>
   <translation>Yr hyn y dywedwyd wrthyf am ei wneud</translation>
  </message>
  <message>
   <source>What I was trained for, and what I was asked to do without it</source>
   <translation>Yr hyn y cefais hyfforddiant ar ei gyfer, a'r hyn y gofynnwyd i mi ei wneud hebddo</translation>
  </message>
  <message>
   <source>What identifies a client will be replaced when the draft is saved.</source>
   <translation>Disodlir yr hyn sy'n adnabod cleient pan gedwir y drafft.</translation>
  </message>
  <message>
   <source>What identifies somebody is withheld and shown as a pseudonym</source>
   <translation>Cedwir yn ôl yr hyn sy'n datgelu pwy yw rhywun a'i ddangos fel ffugenw</translation>
  </message>
  <message>
   <source>What identifies somebody, or may</source>
   <translation>Yr hyn sy'n adnabod rhywun, neu a all wneud</translation>
  </message>
  <message>
   <source>What is asked</source>
   <translation>Beth a ofynnir</translation>
  </message>
  <message>
   <source>what is asked</source>
   <translation>beth a ofynnir</translation>
  </message>
  <message>
   <source>What is asked for</source>
   <translation>Yr hyn y gofynnir amdano</translation>
  </message>
  <message>
   <source>What is due</source>
   <translation>Yr hyn sy'n ddyledus</translation>
  </message>
  <message>
   <source>What is known</source>
   <translation>Yr hyn sy'n hysbys</translation>
  </message>
  <message>
   <source>What is missing</source>
   <translation>Yr hyn sydd ar goll</translation>
  </message>
  <message>
   <source>What is open</source>
   <translation>Beth sydd ar agor</translation>
  </message>
  <message>
   <source>What is open, how often it was raised and since when, for the next meeting</source>
   <translation>Yr hyn sy'n agored, pa mor aml y'i codwyd ac ers pryd, ar gyfer y cyfarfod nesaf</translation>
  </message>
  <message>
   <source>What it changes, and what I think</source>
   <translation>Yr hyn y mae'n ei newid, a'm barn</translation>
  </message>
  <message>
   <source>What it does to that record</source>
   <translation>Beth mae'n ei wneud i'r cofnod hwnnw</translation>
  </message>
  <message>
   <source>What it is</source>
   <translation>Beth ydyw</translation>
  </message>
  <message>
   <source>What it is about</source>
   <translation>Am beth y mae</translation>
  </message>
  <message>
   <source>What it is about, and how it stands</source>
   <translation>Am beth y mae, a sut y mae'n sefyll</translation>
  </message>
  <message>
   <source>What it is for</source>
   <translation>Beth yw ei ddiben</translation>
  </message>
  <message>
   <source>What it is, if no bundle</source>
   <translation>Beth ydyw, os nad bwndel</translation>
  </message>
  <message>
   <source>What it rests on</source>
   <translation>Ar beth y mae'n seiliedig</translation>
  </message>
  <message>
   <source>What it says</source>
   <translation>Beth mae'n ei ddweud</translation>
  </message>
  <message>
   <source>What it says beside its words</source>
   <translation>Beth mae'n ei ddweud ar wahân i'w eiriau</translation>
  </message>
  <message>
   <source>What it says in words</source>
   <translation>Beth mae'n ei ddweud mewn geiriau</translation>
  </message>
  <message>
   <source>What it says of each recipient</source>
   <translation>Beth mae'n ei ddweud am bob derbynnydd</translation>
  </message>
  <message>
   <source>What it says of other people may have to be left out: look through it first, and take advice.</source>
   <translation>Efallai y bydd yn rhaid gadael allan yr hyn a ddywed am bobl eraill: edrychwch drwyddo'n gyntaf, a cheisiwch gyngor.</translation>
  </message>
  <message>
   <source>What it says of this, word for word</source>
   <translation>Yr hyn y mae'n ei ddweud am hyn, air am air</translation>
  </message>
  <message>
   <source>What it was, without a name</source>
   <translation>Beth ydoedd, heb enw</translation>
  </message>
  <message>
   <source>What its maker is told</source>
   <translation>Yr hyn a ddywedir wrth ei wneuthurwr</translation>
  </message>
  <message>
   <source>What made it possible</source>
   <translation>Beth a'i gwnaeth yn bosibl</translation>
  </message>
  <message>
   <source>What members handed over and what the rep holds, in one run of pages; each record still proves to its own log.</source>
   <translation>Yr hyn a drosglwyddodd aelodau a'r hyn y mae'r cynrychiolydd yn ei ddal, mewn un rhediad o dudalennau; mae pob cofnod yn dal i'w brofi yn ei log ei hun.</translation>
  </message>
  <message>
   <source>What needs chasing</source>
   <translation>Beth sydd angen mynd ar ei ôl</translation>
  </message>
  <message>
   <source>What others could take from it</source>
   <translation>Yr hyn y gallai eraill ei gymryd ohono</translation>
  </message>
  <message>
   <source>What others wrote in mails is withheld</source>
   <translation>Cedwir yn ôl yr hyn a ysgrifennodd eraill mewn e-byst</translation>
  </message>
  <message>
   <source>What the figure is made of</source>
   <translation>O beth y gwneir y ffigur</translation>
  </message>
  <message>
   <source>What the list is called</source>
   <translation>Enw'r rhestr</translation>
  </message>
  <message>
   <source>What the list is called, such as: Words of the Anytown branch</source>
   <translation>Enw'r rhestr, megis: Geiriau cangen Anytown</translation>
  </message>
  <message>
   <source>What the load was made of</source>
   <translation>Cyfansoddiad y llwyth</translation>
  </message>
  <message>
   <source>What the mail says</source>
   <translation>Yr hyn y mae'r e-bost yn ei ddweud</translation>
  </message>
  <message>
   <source>What the person on probation agreed to and signed</source>
   <translation>Yr hyn y cytunodd y person ar brawf iddo a'i lofnodi</translation>
  </message>
  <message>
   <source>What the records say is shown</source>
   <translation>Dangosir yr hyn a ddywed y cofnodion</translation>
  </message>
  <message>
   <source>What they are made of</source>
   <translation>Eu cyfansoddiad</translation>
  </message>
  <message>
   <source>What they recorded, without a name</source>
   <translation>Yr hyn a gofnodwyd ganddynt, heb enw</translation>
  </message>
  <message>
   <source>what this program put on the clipboard is taken off it after so long, and when the store is locked</source>
   <translation>tynnir yr hyn a roddodd y rhaglen hon ar y clipfwrdd oddi arno ar ôl hyn o amser, a phan glowir y storfa</translation>
  </message>
  <message>
   <source>What was agreed</source>
   <translation>Beth a gytunwyd</translation>
  </message>
  <message>
   <source>What was agreed and not kept</source>
   <translation>Yr hyn y cytunwyd arno ac na chadwyd ato</translation>
  </message>
  <message>
   <source>What was answered</source>
   <translation>Beth a atebwyd</translation>
  </message>
  <message>
   <source>What was answered there and then</source>
   <translation>Beth a atebwyd yn y fan a'r lle</translation>
  </message>
  <message>
   <source>What was answered, and what I think</source>
   <translation>Beth a atebwyd, a'm barn</translation>
  </message>
  <message>
   <source>What was changed, and who agreed</source>
   <translation>Beth a newidiwyd, a phwy a gytunodd</translation>
  </message>
  <message>
   <source>What was decided in one case, on which information, under which policy and load, and what went well.</source>
   <translation>Yr hyn a benderfynwyd mewn un achos, ar ba wybodaeth, dan ba bolisi a llwyth, a'r hyn a aeth yn dda.</translation>
  </message>
  <message>
   <source>What was decided, and why</source>
   <translation>Beth a benderfynwyd, a pham</translation>
  </message>
  <message>
   <source>What was decided, by whom, and why</source>
   <translation>Beth a benderfynwyd, gan bwy, a pham</translation>
  </message>
  <message>
   <source>What was due</source>
   <translation>Beth oedd yn ddyledus</translation>
  </message>
  <message>
   <source>What was found</source>
   <translation>Beth a ganfuwyd</translation>
  </message>
  <message>
   <source>What was handed over</source>
   <translation>Yr hyn a drosglwyddwyd</translation>
  </message>
  <message>
   <source>What was instructed, decided and raised in one case, with the workload and the gaps of the time, so that a review can see why as well as what.</source>
   <translation>Yr hyn a gyfarwyddwyd, a benderfynwyd ac a godwyd mewn un achos, gyda llwyth gwaith a bylchau'r cyfnod, fel y gall adolygiad weld pam yn ogystal â beth.</translation>
  </message>
  <message>
   <source>What was printed</source>
   <translation>Beth a argraffwyd</translation>
  </message>
  <message>
   <source>What was raised and answered, the load, health, training and postings, without anything that identifies a client.</source>
   <translation>Yr hyn a godwyd ac a atebwyd, y llwyth, iechyd, hyfforddiant a lleoliadau gwaith, heb ddim sy'n datgelu pwy yw cleient.</translation>
  </message>
  <message>
   <source>What was said at a meeting, and what was to be done</source>
   <translation>Beth a ddywedwyd mewn cyfarfod, a beth oedd i'w wneud</translation>
  </message>
  <message>
   <source>What was said of it</source>
   <translation>Beth a ddywedwyd amdano</translation>
  </message>
  <message>
   <source>What was said, in the exact words</source>
   <translation>Beth a ddywedwyd, yn yr union eiriau</translation>
  </message>
  <message>
   <source>What was said, or how I found out</source>
   <translation>Yr hyn a ddywedwyd, neu sut y cefais wybod</translation>
  </message>
  <message>
   <source>What was sealed last may be missing</source>
   <translation>Gall yr hyn a seliwyd ddiwethaf fod ar goll</translation>
  </message>
  <message>
   <source>What went well</source>
   <translation>Beth aeth yn dda</translation>
  </message>
  <message>
   <source>What went well, and what made it possible: reviews look for it too</source>
   <translation>Beth aeth yn dda, a beth a'i gwnaeth yn bosibl: mae adolygiadau'n chwilio amdano hefyd</translation>
  </message>
  <message>
   <source>What you were sent</source>
   <translation>Yr hyn a anfonwyd atoch</translation>
  </message>
  <message>
   <source>What {} belongs to</source>
   <translation>I beth mae {} yn perthyn</translation>
  </message>
  <message>
   <source>Whatever identifies a client is withheld and shown as a pseudonym.</source>
   <translation>Cedwir yn ôl bopeth sy'n datgelu pwy yw cleient a'i ddangos fel ffugenw.</translation>
  </message>
  <message>
   <source>Whatever identifies a client is withheld and shown as a pseudonym. Whom each stands for is told apart, as the tribunal directs.</source>
   <translation>Cedwir yn ôl bopeth sy'n datgelu pwy yw cleient a'i ddangos fel ffugenw. Dywedir ar wahân dros bwy y saif pob un, fel y mae'r tribiwnlys yn cyfarwyddo.</translation>
  </message>
  <message>
   <source>Whatever identifies a client is withheld and shown as a pseudonym. Whose records these are is withheld. The file is signed with the key of their log: whoever has another file of the same log, or its owner's card, can tell that both are of one person.</source>
   <translation>Mae beth bynnag sy'n adnabod cleient wedi'i atal a'i ddangos fel ffugenw. Mae cofnodion pwy yw'r rhain wedi'i atal. Llofnodir y ffeil ag allwedd eu log: gall pwy bynnag sydd â ffeil arall o'r un log, neu gerdyn ei berchennog, weld bod y ddau o un person.</translation>
  </message>
  <message>
   <source>When</source>
   <translation>Pryd</translation>
  </message>
  <message>
   <source>when an answer is due, with source and the day on which you checked it; listed with what is due, and never advice; as text: Type; 30 days or 1 month; what is due; in force from (2026-06-19); source; checked on (2026-11-29)</source>
   <translation>pryd y disgwylir ateb, gyda ffynhonnell a'r diwrnod y gwnaethoch ei wirio; fe'i rhestrir gyda'r hyn sy'n ddyledus, ac nid yw byth yn gyngor; fel testun: Type; 30 days or 1 month; what is due; in force from (2026-06-19); source; checked on (2026-11-29)</translation>
  </message>
  <message>
   <source>When it happened</source>
   <translation>Pryd y digwyddodd</translation>
  </message>
  <message>
   <source>When it is sent, bring the sent copy back in: only then can receipts and replies be matched to it.</source>
   <translation>Pan fydd wedi'i anfon, dewch â'r copi a anfonwyd yn ôl i mewn: dim ond wedyn y gellir paru derbynebau ac atebion ag ef.</translation>
  </message>
  <message>
   <source>when neither keyboard nor mouse was used for so long</source>
   <translation>pan na ddefnyddiwyd na bysellfwrdd na llygoden am hyn o amser</translation>
  </message>
  <message>
   <source>When the backup was made</source>
   <translation>Pryd y gwnaed y copi wrth gefn</translation>
  </message>
  <message>
   <source>when you ask for it, the hash or the head of your log is sent to that address, and no word of any record; whoever watches the network learns that it was asked for</source>
   <translation>pan ofynnwch amdano, anfonir hash neu ben eich log i’r cyfeiriad hwnnw, a dim un gair o unrhyw gofnod; mae pwy bynnag sy’n gwylio’r rhwydwaith yn dysgu y gofynnwyd amdano</translation>
  </message>
  <message>
   <source>when you press the button</source>
   <translation>pan bwyswch y botwm</translation>
  </message>
  <message>
   <source>Where</source>
   <translation>Ble</translation>
  </message>
  <message>
   <source>Where backups and keys are</source>
   <translation>Lle mae copïau wrth gefn ac allweddi</translation>
  </message>
  <message>
   <source>Where I disagree, and why</source>
   <translation>Lle rwy'n anghytuno, a pham</translation>
  </message>
  <message>
   <source>Where I worked: office, team, grade, manager, hours</source>
   <translation>Ble roeddwn yn gweithio: swyddfa, tîm, gradd, rheolwr, oriau</translation>
  </message>
  <message>
   <source>Where it answers</source>
   <translation>Ble mae’n ateb</translation>
  </message>
  <message>
   <source>Where it is kept</source>
   <translation>Ble y'i cedwir</translation>
  </message>
  <message>
   <source>Where it is written</source>
   <translation>Ble mae wedi'i ysgrifennu</translation>
  </message>
  <message>
   <source>where no date is set</source>
   <translation>lle na osodir dyddiad</translation>
  </message>
  <message>
   <source>Where the hours of the week went</source>
   <translation>I ble'r aeth oriau'r wythnos</translation>
  </message>
  <message>
   <source>Where the original is kept</source>
   <translation>Ble y cedwir y gwreiddiol</translation>
  </message>
  <message>
   <source>Where the paper is kept</source>
   <translation>Ble y cedwir y papur</translation>
  </message>
  <message>
   <source>where the system can (Windows): it is asked to leave the window out of pictures of the screen and of shared screens</source>
   <translation>lle gall y system (Windows): gofynnir iddi adael y ffenestr allan o luniau o'r sgrin ac o sgriniau a rennir</translation>
  </message>
  <message>
   <source>Where these words come from</source>
   <translation>O ble y daw'r geiriau hyn</translation>
  </message>
  <message>
   <source>Whether a policy was given for it</source>
   <translation>A roddwyd polisi ar ei gyfer</translation>
  </message>
  <message>
   <source>Whether this is a protected disclosure, and to whom it may be made, is a question of law: take advice first. Names are known only where you have set them: read it through before you hand it over. Files other than mails are shown only where somebody has looked through them for this bundle.</source>
   <translation>Cwestiwn cyfreithiol yw a yw hwn yn ddatgeliad gwarchodedig, ac i bwy y gellir ei wneud: ceisiwch gyngor yn gyntaf. Dim ond lle rydych wedi'u gosod y mae enwau'n hysbys: darllenwch drwyddo cyn ei drosglwyddo. Heblaw am e-byst, dim ond lle mae rhywun wedi edrych drwyddynt ar gyfer y bwndel hwn y dangosir ffeiliau.</translation>
  </message>
  <message>
   <source>Which</source>
   <translation>Pa un</translation>
  </message>
  <message>
   <source>Which agency</source>
   <translation>Pa asiantaeth</translation>
  </message>
  <message>
   <source>which case</source>
   <translation>pa achos</translation>
  </message>
  <message>
   <source>Which figure</source>
   <translation>Pa ffigur</translation>
  </message>
  <message>
   <source>which mails are mine, and where a receipt comes back to</source>
   <translation>pa e-byst sy'n eiddo i mi, ac i ble y daw derbynneb yn ôl</translation>
  </message>
  <message>
   <source>Which pages</source>
   <translation>Pa dudalennau</translation>
  </message>
  <message>
   <source>Which system</source>
   <translation>Pa system</translation>
  </message>
  <message>
   <source>Which update file?</source>
   <translation>Pa ffeil ddiweddaru?</translation>
  </message>
  <message>
   <source>Who</source>
   <translation>Pwy</translation>
  </message>
  <message>
   <source>who answered</source>
   <translation>pwy a atebodd</translation>
  </message>
  <message>
   <source>Who asked</source>
   <translation>Pwy ofynnodd</translation>
  </message>
  <message>
   <source>who decided</source>
   <translation>pwy a benderfynodd</translation>
  </message>
  <message>
   <source>Who did it</source>
   <translation>Pwy a'i gwnaeth</translation>
  </message>
  <message>
   <source>Who else heard it</source>
   <translation>Pwy arall a'i clywodd</translation>
  </message>
  <message>
   <source>Who gave it</source>
   <translation>Pwy a'i rhoddodd</translation>
  </message>
  <message>
   <source>Who had it before</source>
   <translation>Pwy oedd ag ef o'r blaen</translation>
  </message>
  <message>
   <source>Who knew of it, or agreed</source>
   <translation>Pwy a wyddai amdano, neu a gytunodd</translation>
  </message>
  <message>
   <source>Who knew what, when</source>
   <translation>Pwy oedd yn gwybod beth, pryd</translation>
  </message>
  <message>
   <source>Who lifted it</source>
   <translation>Pwy a'i cododd</translation>
  </message>
  <message>
   <source>Who may see it, and how long it is kept</source>
   <translation>Pwy gaiff ei weld, a pha mor hir y'i cedwir</translation>
  </message>
  <message>
   <source>Who promised that day</source>
   <translation>Pwy addawodd y diwrnod hwnnw</translation>
  </message>
  <message>
   <source>Who represents whom</source>
   <translation>Pwy sy'n cynrychioli pwy</translation>
  </message>
  <message>
   <source>Who reviews it, and what I was to it</source>
   <translation>Pwy sy'n ei adolygu, a beth oeddwn iddo</translation>
  </message>
  <message>
   <source>who said it</source>
   <translation>pwy a'i dywedodd</translation>
  </message>
  <message>
   <source>Who says so, and where it is written</source>
   <translation>Pwy sy’n dweud, a ble mae wedi’i ysgrifennu</translation>
  </message>
  <message>
   <source>Who sent it? {}</source>
   <translation>Pwy anfonodd ef? {}</translation>
  </message>
  <message>
   <source>Who sent {}</source>
   <translation>Pwy anfonodd {}</translation>
  </message>
  <message>
   <source>Who showed it</source>
   <translation>Pwy a'i dangosodd</translation>
  </message>
  <message>
   <source>Who told you that day</source>
   <translation>Pwy ddywedodd y diwrnod hwnnw wrthych</translation>
  </message>
  <message>
   <source>Who vouches for what</source>
   <translation>Pwy sy'n tystio i beth</translation>
  </message>
  <message>
   <source>Who was there in which role, and when</source>
   <translation>Pwy oedd yno ym mha rôl, a phryd</translation>
  </message>
  <message>
   <source>Who was there in which role, and when, as the records say</source>
   <translation>Pwy oedd yno ym mha rôl, a phryd, fel y dywed y cofnodion</translation>
  </message>
  <message>
   <source>Who was there, and what was answered</source>
   <translation>Pwy oedd yno, a beth a atebwyd</translation>
  </message>
  <message>
   <source>Whoever holds a log alone could write another. A witness, such as your union rep or a colleague, remembers how far it goes: they see none of your records.</source>
   <translation>Gallai pwy bynnag sy'n dal log ar ei ben ei hun ysgrifennu un arall. Mae tyst, megis eich cynrychiolydd undeb neu gydweithiwr, yn cofio pa mor bell y mae'n mynd: nid yw'n gweld dim o'ch cofnodion.</translation>
  </message>
  <message>
   <source>Whoever holds another file of the same log can tell by its fingerprint that both are of one person.</source>
   <translation>Gall pwy bynnag sydd â ffeil arall o'r un log weld wrth ei hôl bys fod y ddwy gan un person.</translation>
  </message>
  <message>
   <source>whoever is withheld in mails that go outside and in bundles; after semicolons the case, other names of the same person, and who it is: partner, victim, relative, child, colleague, place. So: Name; X000123; Other name; victim</source>
   <translation>pwy bynnag a ddelir yn ôl mewn negeseuon sy’n mynd allan ac mewn bwndeli; ar ôl hanner colon yr achos, enwau eraill yr un person, a phwy ydyw, yn Saesneg: partner, victim, relative, child, colleague, place. Felly: Enw; X000123; Enw arall; victim</translation>
  </message>
  <message>
   <source>Whoever takes the work over, or supervision</source>
   <translation>Pwy bynnag sy'n cymryd y gwaith drosodd, neu oruchwyliaeth</translation>
  </message>
  <message>
   <source>Whole field</source>
   <translation>Maes cyfan</translation>
  </message>
  <message>
   <source>Whole page</source>
   <translation>Tudalen gyfan</translation>
  </message>
  <message>
   <source>Whom is it for?</source>
   <translation>I bwy y mae?</translation>
  </message>
  <message>
   <source>whom it is addressed to</source>
   <translation>at bwy y'i cyfeirir</translation>
  </message>
  <message>
   <source>Whom it is for</source>
   <translation>I bwy y mae</translation>
  </message>
  <message>
   <source>whom it is raised with</source>
   <translation>gyda phwy y'i codir</translation>
  </message>
  <message>
   <source>whom it is taken to</source>
   <translation>at bwy yr eir ag ef</translation>
  </message>
  <message>
   <source>whose answer is overdue</source>
   <translation>y mae ei ateb yn hwyr</translation>
  </message>
  <message>
   <source>Whose it is, and what it changes</source>
   <translation>Pwy a’i llofnododd, a beth mae’n ei newid</translation>
  </message>
  <message>
   <source>Whose log</source>
   <translation>Log pwy</translation>
  </message>
  <message>
   <source>Whose log it is is withheld</source>
   <translation>Cedwir yn ôl log pwy ydyw</translation>
  </message>
  <message>
   <source>Why</source>
   <translation>Pam</translation>
  </message>
  <message>
   <source>Why (for the schedule)</source>
   <translation>Pam (ar gyfer yr atodlen)</translation>
  </message>
  <message>
   <source>Why it is not done, or what it says</source>
   <translation>Pam na wnaed ef, neu beth y mae'n ei ddweud</translation>
  </message>
  <message>
   <source>why it is not done, or what it says</source>
   <translation>pam na wnaed ef, neu beth y mae'n ei ddweud</translation>
  </message>
  <message>
   <source>Why not</source>
   <translation>Pam lai</translation>
  </message>
  <message>
   <source>Why this was written down late</source>
   <translation>Pam yr ysgrifennwyd hyn yn hwyr</translation>
  </message>
  <message>
   <source>Why, and who said so</source>
   <translation>Pam, a phwy ddywedodd hynny</translation>
  </message>
  <message>
   <source>Why, or why not</source>
   <translation>Pam, neu pam ddim</translation>
  </message>
  <message>
   <source>Width</source>
   <translation>Lled</translation>
  </message>
  <message>
   <source>Wipe the screen, and ask for the passphrase</source>
   <translation>Clirio'r sgrin, a gofyn am y cyfrinymadrodd</translation>
  </message>
  <message>
   <source>with something never answered</source>
   <translation>gyda rhywbeth nas atebwyd erioed</translation>
  </message>
  <message>
   <source>with the hand-over of record {}; here its number is {}/{}</source>
   <translation>gyda throsglwyddiad cofnod {}; ei rif yma yw {}/{}</translation>
  </message>
  <message>
   <source>Withheld by hand ({})</source>
   <translation>Cadwyd yn ôl â llaw ({})</translation>
  </message>
  <message>
   <source>Withhold</source>
   <translation>Cadw'n ôl</translation>
  </message>
  <message>
   <source>Withhold everywhere: it names somebody</source>
   <translation>Dal yn ôl ym mhobman: mae’n enwi rhywun</translation>
  </message>
  <message>
   <source>Withhold this area</source>
   <translation>Cadw'r ardal hon yn ôl</translation>
  </message>
  <message>
   <source>Withhold…</source>
   <translation>Cadw'n ôl…</translation>
  </message>
  <message>
   <source>Without an officer since</source>
   <translation>Heb swyddog ers</translation>
  </message>
  <message>
   <source>Without comments, changes</source>
   <translation>Heb sylwadau, newidiadau</translation>
  </message>
  <message>
   <source>without substance</source>
   <translation>heb sylwedd</translation>
  </message>
  <message>
   <source>Witness</source>
   <translation>Tyst</translation>
  </message>
  <message>
   <source>Witness statement</source>
   <translation>Datganiad tyst</translation>
  </message>
  <message>
   <source>Witness that I trust</source>
   <translation>Tyst yr ymddiriedaf ynddo</translation>
  </message>
  <message>
   <source>witness that i trust</source>
   <translation>tyst yr ymddiriedaf ynddo</translation>
  </message>
  <message>
   <source>Witnesses</source>
   <translation>Tystion</translation>
  </message>
  <message>
   <source>Witnesses…</source>
   <translation>Tystion…</translation>
  </message>
  <message>
   <source>WMT</source>
   <translation>WMT</translation>
  </message>
  <message>
   <source>WMT above 110 % in {over} of {all}; highest {highest} % on {day}, last {last} %.</source>
   <translation>WMT uwchlaw 110 % mewn {over} o {all}; uchaf {highest} % ar {day}, diwethaf {last} %.</translation>
  </message>
  <message>
   <source>WMT is not available to me</source>
   <translation>Nid yw WMT ar gael i mi</translation>
  </message>
  <message>
   <source>WMT per cent</source>
   <translation>WMT y cant</translation>
  </message>
  <message>
   <source>WMT per cent after, where there is one</source>
   <translation>Canran WMT wedyn, lle mae un</translation>
  </message>
  <message>
   <source>WMT per cent before, where there is one</source>
   <translation>Canran WMT cynt, lle mae un</translation>
  </message>
  <message>
   <source>Word</source>
   <translation>Gair</translation>
  </message>
  <message>
   <source>Word (*.docx);;CSV (*.csv)</source>
   <translation>Word (*.docx);;CSV (*.csv)</translation>
  </message>
  <message>
   <source>Word list</source>
   <translation>Rhestr geiriau</translation>
  </message>
  <message>
   <source>Word list taken in</source>
   <translation>Rhestr geiriau a dderbyniwyd</translation>
  </message>
  <message>
   <source>word list taken in</source>
   <translation>rhestr geiriau a dderbyniwyd</translation>
  </message>
  <message>
   <source>Word lists (*.note *.txt)</source>
   <translation>Rhestri geiriau (*.note *.txt)</translation>
  </message>
  <message>
   <source>Wording entered</source>
   <translation>Geiriad a gofnodwyd</translation>
  </message>
  <message>
   <source>Words</source>
   <translation>Geiriau</translation>
  </message>
  <message>
   <source>Words compared</source>
   <translation>Geiriau a gymharwyd</translation>
  </message>
  <message>
   <source>Words of the witness's card</source>
   <translation>Geiriau cerdyn y tyst</translation>
  </message>
  <message>
   <source>Words of their card</source>
   <translation>Geiriau eu cerdyn</translation>
  </message>
  <message>
   <source>Words on the cover, for its reader</source>
   <translation>Geiriau ar y clawr, i'w ddarllenydd</translation>
  </message>
  <message>
   <source>Words quoted without a name</source>
   <translation>Geiriau a ddyfynnir heb enw</translation>
  </message>
  <message>
   <source>words that look like a name and may be shown: offices, places, colleagues</source>
   <translation>geiriau sy'n edrych fel enw ac y gellir eu dangos: swyddfeydd, lleoedd, cydweithwyr</translation>
  </message>
  <message>
   <source>Words withheld</source>
   <translation>Geiriau a ataliwyd</translation>
  </message>
  <message>
   <source>words “{text}”</source>
   <translation>geiriau “{text}”</translation>
  </message>
  <message>
   <source>working days</source>
   <translation>diwrnod gwaith</translation>
  </message>
  <message>
   <source>Working days to reply in</source>
   <translation>Diwrnodau gwaith i ateb</translation>
  </message>
  <message>
   <source>Working days waited</source>
   <translation>Diwrnodau gwaith o aros</translation>
  </message>
  <message>
   <source>Workload</source>
   <translation>Llwyth gwaith</translation>
  </message>
  <message>
   <source>workload</source>
   <translation>llwyth gwaith</translation>
  </message>
  <message>
   <source>Workload snapshots</source>
   <translation>Cipluniau llwyth gwaith</translation>
  </message>
  <message>
   <source>Write down:</source>
   <translation>Ysgrifennu:</translation>
  </message>
  <message>
   <source>Write it to a folder…</source>
   <translation>Ei hysgrifennu i ffolder…</translation>
  </message>
  <message>
   <source>Write it to which folder?</source>
   <translation>Ei hysgrifennu i ba ffolder?</translation>
  </message>
  <message>
   <source>Write something down</source>
   <translation>Ysgrifennu rhywbeth</translation>
  </message>
  <message>
   <source>Writing</source>
   <translation>Ysgrifennu</translation>
  </message>
  <message>
   <source>Written</source>
   <translation>Ysgrifennwyd</translation>
  </message>
  <message>
   <source>Written confirmation</source>
   <translation>Cadarnhad ysgrifenedig</translation>
  </message>
  <message>
   <source>written during the period</source>
   <translation>ysgrifennwyd yn ystod y cyfnod</translation>
  </message>
  <message>
   <source>Written out for sending. By itself it does not show that anything was sent.</source>
   <translation>Wedi'i ysgrifennu i'w anfon. Ar ei ben ei hun nid yw'n dangos i ddim gael ei anfon.</translation>
  </message>
  <message>
   <source>written the same day</source>
   <translation>ysgrifennwyd yr un diwrnod</translation>
  </message>
  <message>
   <source>written {gap} after</source>
   <translation>ysgrifennwyd wedyn ({gap})</translation>
  </message>
  <message>
   <source>written {gap} before</source>
   <translation>ysgrifennwyd cyn hynny ({gap})</translation>
  </message>
  <message>
   <source>Written. Close Evidence Trail, then start or unpack it yourself: {}</source>
   <translation>Wedi’i hysgrifennu. Caewch Evidence Trail, yna cychwynnwch neu ddadbaciwch hi eich hun: {}</translation>
  </message>
  <message>
   <source>yes</source>
   <translation>ydy</translation>
  </message>
  <message>
   <source>You countersigned the log of {} last at {} records.</source>
   <translation>Cydlofnodasoch log {} ddiwethaf pan oedd {} cofnod ynddo.</translation>
  </message>
  <message>
   <source>Your &amp;name</source>
   <translation>Eich &amp;enw</translation>
  </message>
  <message>
   <source>Your &amp;role</source>
   <translation>Eich &amp;rôl</translation>
  </message>
  <message>
   <source>Your answer</source>
   <translation>Eich ateb</translation>
  </message>
  <message>
   <source>Your card</source>
   <translation>Eich cerdyn</translation>
  </message>
  <message>
   <source>Your name and your own addresses are withheld and searched for in the finished file. What only you could know, your way of writing, and the key of your log can still tell who you are. Take advice first. Names are known only where you have set them: read it through before you hand it over. Files other than mails are shown only where somebody has looked through them for this bundle.</source>
   <translation>Mae eich enw a'ch cyfeiriadau eich hun wedi'u hatal ac fe chwilir amdanynt yn y ffeil orffenedig. Gall yr hyn na allai neb ond chi ei wybod, eich dull o ysgrifennu, ac allwedd eich log ddweud o hyd pwy ydych chi. Mynnwch gyngor yn gyntaf. Dim ond lle rydych wedi'u gosod y mae enwau'n hysbys: darllenwch ef drwyddo cyn ei drosglwyddo. Dangosir ffeiliau heblaw negeseuon e-bost dim ond lle mae rhywun wedi edrych drwyddynt ar gyfer y bwndel hwn.</translation>
  </message>
  <message>
   <source>Your new recovery code</source>
   <translation>Eich cod adfer newydd</translation>
  </message>
  <message>
   <source>Your recovery code</source>
   <translation>Eich cod adfer</translation>
  </message>
  <message>
   <source>Your role</source>
   <translation>Eich rôl</translation>
  </message>
  <message>
   <source>Your store is ready. Write down something that you were told, in its exact words; nothing is fixed until you press Seal. For something else press Ctrl+N; F1 is the guide.</source>
   <translation>Mae eich storfa'n barod. Ysgrifennwch rywbeth a ddywedwyd wrthych, yn ei union eiriau; nid oes dim yn derfynol nes i chi bwyso Selio. Am rywbeth arall pwyswch Ctrl+N; F1 yw'r canllaw.</translation>
  </message>
  <message>
   <source>Your store is ready. Write down whom you support, by the name on their card; nothing is fixed until you press Seal. Nothing here may identify a client; F1 is the guide.</source>
   <translation>Mae eich storfa’n barod. Ysgrifennwch bwy yr ydych yn ei gefnogi, yn ôl yr enw ar ei gerdyn; nid oes dim wedi’i bennu nes i chi bwyso Selio. Ni chaiff dim yma adnabod cleient; F1 yw’r canllaw.</translation>
  </message>
  <message>
   <source>Your store stays as it is, and this version can open it afterwards too.</source>
   <translation>Mae eich storfa’n aros fel y mae, a gall y fersiwn hwn ei hagor wedyn hefyd.</translation>
  </message>
  <message>
   <source>{:,} record</source>
   <translation>cofnodion: {:,}</translation>
  </message>
  <message>
   <source>{:,} records</source>
   <translation>cofnodion: {:,}</translation>
  </message>
  <message>
   <source>{:g} %</source>
   <translation>{:g} %</translation>
  </message>
  <message>
   <source>{:g} %, above 110</source>
   <translation>{:g} %, uwchlaw 110</translation>
  </message>
  <message>
   <source>{authority} saw {file} at {at} by its clock: the time stamp is in the file, whose signature is at the level {level} now; record {record}.</source>
   <translation>Gwelodd {authority} {file} am {at} yn ôl ei gloc: mae’r stamp amser yn y ffeil, y mae ei llofnod ar lefel {level} bellach; cofnod {record}.</translation>
  </message>
  <message>
   <source>{count} day</source>
   <translation>diwrnodau: {count}</translation>
  </message>
  <message>
   <source>{count} day without an officer</source>
   <translation>{count} diwrnod heb swyddog</translation>
  </message>
  <message>
   <source>{count} days</source>
   <translation>diwrnodau: {count}</translation>
  </message>
  <message>
   <source>{count} days without an officer</source>
   <translation>dyddiau heb swyddog: {count}</translation>
  </message>
  <message>
   <source>{count} hour</source>
   <translation>oriau: {count}</translation>
  </message>
  <message>
   <source>{count} hours</source>
   <translation>oriau: {count}</translation>
  </message>
  <message>
   <source>{count} messages fit: choose one</source>
   <translation>negeseuon sy'n cyfateb: {count}; dewiswch un</translation>
  </message>
  <message>
   <source>{count} minute</source>
   <translation>munudau: {count}</translation>
  </message>
  <message>
   <source>{count} minutes</source>
   <translation>munudau: {count}</translation>
  </message>
  <message>
   <source>{count} officer named before me</source>
   <translation>{count} swyddog a enwir cyn fi</translation>
  </message>
  <message>
   <source>{count} officers named before me</source>
   <translation>swyddogion a enwir cyn fi: {count}</translation>
  </message>
  <message>
   <source>{count} records of {member} are taken in and hold, as record {record}.</source>
   <translation>Derbyniwyd cofnodion {member} ({count}), ac maent yn dal, fel cofnod {record}.</translation>
  </message>
  <message>
   <source>{count} snapshot, {first} to {last}.</source>
   <translation>Cipluniau: {count}, {first} hyd {last}.</translation>
  </message>
  <message>
   <source>{count} snapshots, {first} to {last}.</source>
   <translation>Cipluniau: {count}, {first} hyd {last}.</translation>
  </message>
  <message>
   <source>{count} threads fit: choose one</source>
   <translation>edafedd sy'n cyfateb: {count}; dewiswch un</translation>
  </message>
  <message>
   <source>{count} times</source>
   <translation>{count} gwaith</translation>
  </message>
  <message>
   <source>{count} were left out: {which}.</source>
   <translation>Gadawyd allan {count}: {which}.</translation>
  </message>
  <message>
   <source>{count} working day</source>
   <translation>diwrnodau gwaith: {count}</translation>
  </message>
  <message>
   <source>{count} working day overdue</source>
   <translation>diwrnodau gwaith yn hwyr: {count}</translation>
  </message>
  <message>
   <source>{count} working days</source>
   <translation>diwrnodau gwaith: {count}</translation>
  </message>
  <message>
   <source>{count} working days overdue</source>
   <translation>diwrnodau gwaith yn hwyr: {count}</translation>
  </message>
  <message>
   <source>{days} without an answer: {what}</source>
   <translation>Heb ateb ({days}): {what}</translation>
  </message>
  <message>
   <source>{day} (no date was set)</source>
   <translation>{day} (ni osodwyd dyddiad)</translation>
  </message>
  <message>
   <source>{first} to {last}</source>
   <translation>{first} hyd {last}</translation>
  </message>
  <message>
   <source>{had}, {without}, as the records say.</source>
   <translation>{had}, {without}, yn ôl y cofnodion.</translation>
  </message>
  <message>
   <source>{how} match: a message brought in with it</source>
   <translation>cyfatebiaeth ({how}): neges y daethpwyd â hi i mewn gydag ef</translation>
  </message>
  <message>
   <source>{how} match: message {record}</source>
   <translation>cyfatebiaeth ({how}): neges {record}</translation>
  </message>
  <message>
   <source>{how} match: the thread of record {record}</source>
   <translation>cyfatebiaeth ({how}): edefyn cofnod {record}</translation>
  </message>
  <message>
   <source>{kind} {number}: {words} (raised {times} times)</source>
   <translation>{kind} {number}: {words} (codwyd {times} gwaith)</translation>
  </message>
  <message>
   <source>{left} of {all} cases of {record}: nothing said yet of what became of them</source>
   <translation>{left} o {all} achos o {record}: dim wedi'i ddweud eto am yr hyn a ddaeth ohonynt</translation>
  </message>
  <message>
   <source>{names} and {count} more</source>
   <translation>{names} ac eraill ({count})</translation>
  </message>
  <message>
   <source>{name} has stamped nothing yet.</source>
   <translation>Nid yw {name} wedi stampio dim eto.</translation>
  </message>
  <message>
   <source>{name} stamped positions 0 to {last} at {at} by its clock</source>
   <translation>Stampiodd {name} safleoedd 0 hyd {last} am {at} yn ôl ei gloc</translation>
  </message>
  <message>
   <source>{path}: {count} rows or paragraphs. The export is record {record}. It can be changed by anybody: the bundle is what proves.</source>
   <translation>{path}: rhesi neu baragraffau: {count}. Yr allforio yw cofnod {record}. Gall unrhyw un ei newid: y bwndel sy'n profi.</translation>
  </message>
  <message>
   <source>{path}: {pages} pages, {size} bytes, {shown} records shown, {left_out} left out.</source>
   <translation>{path}: tudalennau: {pages}, beitiau: {size}, cofnodion a ddangosir: {shown}, a adawyd allan: {left_out}.</translation>
  </message>
  <message>
   <source>{role}: {first} to {last}</source>
   <translation>{role}: {first} hyd {last}</translation>
  </message>
  <message>
   <source>{state}. Asked before and never answered: {times}</source>
   <translation>{state}. Gofynnwyd o'r blaen ac nis atebwyd erioed: {times}</translation>
  </message>
  <message>
   <source>{tool}: {facts} (record {record})</source>
   <translation>{tool}: {facts} (cofnod {record})</translation>
  </message>
  <message>
   <source>{type}: {what} within {length}, by your settings ({source}; checked on {checked}). Get advice now.</source>
   <translation>{type}: {what} within {length}, yn ôl eich gosodiadau ({source}; gwiriwyd {checked}). Mynnwch gyngor nawr.</translation>
  </message>
  <message>
   <source>{what} (told by: {who}). {advice}</source>
   <translation>{what} (dywedwyd gan: {who}). {advice}</translation>
  </message>
  <message>
   <source>{who} countersigned the head of {covered} at {at} by its clock (key {key}); record {record}.</source>
   <translation>Cydlofnododd {who} ben {covered} am {at} yn ôl ei gloc (allwedd {key}); cofnod {record}.</translation>
  </message>
  <message>
   <source>{who} countersigned the head of {covered} at {at} by their clock (words of their card: {compared}); record {record}.</source>
   <translation>Cydlofnododd {who} ben {covered} am {at} yn ôl eu cloc (geiriau eu cerdyn: {compared}); cofnod {record}.</translation>
  </message>
  <message>
   <source>{words} after {days}</source>
   <translation>{words} ar ôl ({days})</translation>
  </message>
  <message>
   <source>{words} from {whom}</source>
   <translation>{words} gan {whom}</translation>
  </message>
  <message>
   <source>{words} The limit changed on {day}, after it was sent: ask which counts.</source>
   <translation>{words} Newidiodd y terfyn ar {day}, ar ôl ei anfon: gofynnwch pa un sy'n cyfrif.</translation>
  </message>
  <message>
   <source>{words}; a read receipt asked for</source>
   <translation>{words}; gofynnwyd am dderbynneb ddarllen</translation>
  </message>
  <message>
   <source>{words}; a reply asked for by {day}</source>
   <translation>{words}; gofynnwyd am ateb erbyn {day}</translation>
  </message>
  <message>
   <source>{words}; read and delivery receipts asked for</source>
   <translation>{words}; gofynnwyd am dderbynebau darllen a danfon</translation>
  </message>
  <message>
   <source>{words}; {count} sealed since</source>
   <translation>{words}; wedi'u selio ers hynny: {count}</translation>
  </message>
  <message>
   <source>{}   {:,} bytes</source>
   <translation>{}   {:,} beit</translation>
  </message>
  <message>
   <source>{} (not there any more)</source>
   <translation>{} (nid yw yno mwyach)</translation>
  </message>
  <message>
   <source>{} (words {})</source>
   <translation>{} (geiriau {})</translation>
  </message>
  <message>
   <source>{} by their clock</source>
   <translation>{} yn ôl eu cloc</translation>
  </message>
  <message>
   <source>{} cases open</source>
   <translation>{} achos agored</translation>
  </message>
  <message>
   <source>{} cases: {}</source>
   <translation>{} o achosion: {}</translation>
  </message>
  <message>
   <source>{} checked</source>
   <translation>gwiriwyd {}</translation>
  </message>
  <message>
   <source>{} draft</source>
   <translation>drafftiau: {}</translation>
  </message>
  <message>
   <source>{} drafts</source>
   <translation>drafftiau: {}</translation>
  </message>
  <message>
   <source>{} file</source>
   <translation>{} ffeil</translation>
  </message>
  <message>
   <source>{} files</source>
   <translation>{} ffeil</translation>
  </message>
  <message>
   <source>{} found</source>
   <translation>wedi canfod {}</translation>
  </message>
  <message>
   <source>{} found, {} of them new. {}</source>
   <translation>canfuwyd: {}, yn newydd: {}. {}</translation>
  </message>
  <message>
   <source>{} found; nothing is undecided.</source>
   <translation>canfuwyd: {}; nid oes dim heb ei benderfynu.</translation>
  </message>
  <message>
   <source>{} found; undecided words and pages: {}.</source>
   <translation>{} wedi’u canfod; geiriau a thudalennau heb benderfyniad: {}.</translation>
  </message>
  <message>
   <source>{} in {}</source>
   <translation>{} yn {}</translation>
  </message>
  <message>
   <source>{} is beside it: hand over both. It checks the bundle in any browser.</source>
   <translation>Mae {} wrth ei ochr: trosglwyddwch y ddau. Mae’n gwirio’r bwndel mewn unrhyw borwr.</translation>
  </message>
  <message>
   <source>{} is no text, so there is no card, request or answer in it.</source>
   <translation>Nid testun yw {}, felly nid oes cerdyn, cais nac ateb ynddo.</translation>
  </message>
  <message>
   <source>{} is no text: certificates in PEM are needed.</source>
   <translation>Nid testun yw {}: mae angen tystysgrifau mewn PEM.</translation>
  </message>
  <message>
   <source>{} is not there any more.</source>
   <translation>Nid yw {} yno mwyach.</translation>
  </message>
  <message>
   <source>{} is there already</source>
   <translation>Mae {} yno'n barod</translation>
  </message>
  <message>
   <source>{} is trusted. Compare its root certificate with what it publishes.</source>
   <translation>Ymddiriedir yn {}. Cymharwch ei dystysgrif wraidd â’r hyn y mae’n ei gyhoeddi.</translation>
  </message>
  <message>
   <source>{} Marked {}. {}</source>
   <translation>{} Marciwyd {}. {}</translation>
  </message>
  <message>
   <source>{} of {} do not hold</source>
   <translation>nid yw {} o {} yn dal</translation>
  </message>
  <message>
   <source>{} overdue, {} coming up</source>
   <translation>hwyr: {}, ar ddod: {}</translation>
  </message>
  <message>
   <source>{} sealed</source>
   <translation>wedi'u selio: {}</translation>
  </message>
  <message>
   <source>{} The words are still here: do not close the window.</source>
   <translation>{} Mae'r geiriau'n dal yma: peidiwch â chau'r ffenestr.</translation>
  </message>
  <message>
   <source>{} to {}</source>
   <translation>{} hyd {}</translation>
  </message>
  <message>
   <source>{} to {}: {}</source>
   <translation>{} hyd {}: {}</translation>
  </message>
  <message>
   <source>{} written</source>
   <translation>{} wedi'u hysgrifennu</translation>
  </message>
  <message>
   <source>{}, deleted {}</source>
   <translation>{}, dilëwyd {}</translation>
  </message>
  <message>
   <source>{}, last {}</source>
   <translation>{}, diwethaf {}</translation>
  </message>
  <message>
   <source>{}, pages {}</source>
   <translation>{}, tudalennau {}</translation>
  </message>
  <message>
   <source>{}, saved {}</source>
   <translation>{}, cadwyd {}</translation>
  </message>
  <message>
   <source>{}: the records that name them</source>
   <translation>{}: y cofnodion sy'n eu henwi</translation>
  </message>
  <message>
   <source>{}: {} (told by: {})</source>
   <translation>{}: {} (dywedwyd gan: {})</translation>
  </message>
  <message>
   <source>{}: {} records</source>
   <translation>{}: {} cofnod</translation>
  </message>
  <message>
   <source>{}: {}. Look at it: does it show what must be withheld?</source>
   <translation>{}: {}. Edrychwch arni: a yw’n dangos yr hyn y mae’n rhaid ei ddal yn ôl?</translation>
  </message>
  <message>
   <source>{}{} records, as they were last shown to you</source>
   <translation>{}{} cofnod, fel y’u dangoswyd i chi ddiwethaf</translation>
  </message>
  <message>
   <source>“{text}” ({field}) is a word of your own: it is sealed as typed, and counted apart.</source>
   <translation>Eich gair eich hun yw “{text}” ({field}): caiff ei selio fel y'i teipiwyd, a'i gyfrif ar wahân.</translation>
  </message>
  <message>
   <source>“{text}” ({field}) is in use from {day}.</source>
   <translation>Mae “{text}” ({field}) yn cael ei ddefnyddio o {day}.</translation>
  </message>
  <message>
   <source>“{text}” ({field}) was in use until {day}.</source>
   <translation>Roedd “{text}” ({field}) yn cael ei ddefnyddio tan {day}.</translation>
  </message>
  <message>
   <source>“{}” in the export of record {}</source>
   <translation>“{}” yn allforiad cofnod {}</translation>
  </message>
  <message>
   <source>“{}” is removed.</source>
   <translation>Mae “{}” wedi'i dynnu.</translation>
  </message>
  <message>
   <source>“{}”, signed by {}, record {}</source>
   <translation>“{}”, llofnodwyd gan {}, cofnod {}</translation>
  </message>
  <message>
   <source>“{}”, signed by {}:</source>
   <translation>“{}”, llofnodwyd gan {}:</translation>
  </message>
  <message>
   <source>…and {:,} characters more, which are kept too.</source>
   <translation>…a {:,} nod arall, a gedwir hefyd.</translation>
  </message>
  <message>
   <source>✗ altered –</source>
   <translation>✗ wedi'i newid –</translation>
  </message>
 </context>
</TS>
