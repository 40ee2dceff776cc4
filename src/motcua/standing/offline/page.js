/* The page itself: files chosen by hand, words in Vietnamese with English beside them, nothing sent anywhere. */
const baked = JSON.parse(document.getElementById("trust").textContent);
const unpem = (text) => Uint8Array.from(atob(text.replace(/-----[^-]+-----/g, "").replace(/\s/g, "")), (c) => c.charCodeAt(0));
const b64 = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
const STATES = {
  valid: ["HỢP LỆ tại thời điểm ký", "Valid at the time of signing"],
  invalid: ["KHÔNG HỢP LỆ: đừng dựa vào tệp này", "Not valid: do not rely on this file"],
  unknown: ["CHƯA XÁC ĐỊNH ĐƯỢC", "Cannot be determined"],
};
const DAY = { day: "2-digit", month: "2-digit", year: "numeric", timeZone: "Asia/Ho_Chi_Minh" };
const day = (date) => new Intl.DateTimeFormat("vi-VN", DAY).format(date);
const say = (date) => `${new Intl.DateTimeFormat("vi-VN", { timeStyle: "medium", timeZone: DAY.timeZone }).format(date)} ${day(date)}`;
function add(parent, tag, text = "", kind = "") {
  const made = parent.appendChild(document.createElement(tag));
  made.textContent = text;
  if (kind) made.className = kind;
  return made;
}
function both(parent, tag, [vi, en], kind = "") {
  const made = add(parent, tag, vi, kind);
  add(made, "small", en).lang = "en";
}
function facts(parent, rows) {
  const list = add(parent, "dl");
  for (const [label, value] of rows) if (value) add(list, "dt", label), add(list, "dd", value);
}
function showPdf(out, name, report) {
  const box = add(out, "section", "", `box ${report.state}`);
  both(box, "h2", STATES[report.state]);
  add(box, "p", name);
  const list = add(box, "ul");
  for (const code of report.findings) both(list, "li", SAYS[code].slice(1));
  if (report.ruling) add(list, "li", `${report.ruling.decision}, ${report.ruling.decided_on}${report.ruling.replaced_by ? ` → ${report.ruling.replaced_by}` : ""}`);
  for (const one of report.signatures) {
    const inner = add(box, "section", "", `inner ${one.state}`);
    add(inner, "h3", one.stamp ? "Dấu thời gian của tệp / document time stamp" : one.seal ? "Con dấu của cơ quan / agency seal" : "Chữ ký của người ký / signature");
    both(inner, "p", STATES[one.state], "state");
    const by = one.proven || one.stamp ? `, dấu thời gian của ${one.by}` : "";
    facts(inner, [
      ["Người ký / signer", [one.signer, one.title].filter(Boolean).join(" · ")], ["Cơ quan / agency", one.agency],
      ["Thời điểm / time", one.at && `${say(one.at)}${by}`], ["Nơi cấp / issuer", one.issuer],
      ["Chứng thư / certificate", one.from && `${day(one.from)} – ${day(one.until)}`],
    ]);
    const told = add(inner, "ul");
    for (const code of one.findings) both(told, "li", SAYS[code].slice(1));
  }
  const record = report.record;
  if (record) facts(box, [
    ["Giấy / paper", record.title], ["Số / number", record.number], ["Cơ quan / agency", record.agency?.name],
    ["Ngày cấp / issued", record.issued_at && day(new Date(record.issued_at))], ["Hồ sơ / dossier", record.dossier?.code],
  ]);
  add(box, "p", `SHA-256 ${report.sha256}`, "hash");
}
async function check(files, now) {
  const out = document.getElementById("out"), reports = [], proofs = [], lists = [], by_hand = [];
  const trust = { roots: baked.roots.map((each) => certificate(b64(each))), keys: baked.keys, evidence: { ocsps: baked.ocsps.map(b64), crls: baked.crls.map(b64) } };
  out.textContent = "";
  const pdfs = [];
  for (const file of files) {
    const bytes = new Uint8Array(await file.arrayBuffer()), text = bytes.length < 3e7 ? new TextDecoder().decode(bytes) : "";
    const pem = /-----BEGIN (CERTIFICATE|X509 CRL)-----/.exec(text);
    try {
      if (pem?.[1] === "CERTIFICATE") trust.roots.push(certificate(unpem(text))), by_hand.push(file.name);
      else if (pem || file.name.endsWith(".crl")) trust.evidence.crls.push(pem ? unpem(text) : bytes);
      else if (file.name.endsWith(".ocsp")) trust.evidence.ocsps.push(bytes);
      else if (file.name.endsWith(".jws")) lists.push((await openedJws(text, trust, "motcua-standing")).body);
      else if (text.trimStart().startsWith("{")) proofs.push([file.name, await readProof(JSON.parse(text), trust)]);
      else pdfs.push([file.name, bytes]);
    } catch (problem) {
      const box = add(out, "section", "", "box invalid");
      both(box, "h2", ["KHÔNG ĐÚNG: đừng dựa vào tệp này", "Wrong: do not rely on this file"]);
      add(box, "p", `${file.name}: ${problem.message}`);
    }
  }
  for (const [name, bytes] of pdfs) {
    const report = await verifyPdf(bytes, trust, now);
    for (const list of lists) {
      report.ruling = rulingAbout(list, report);
      if (!report.ruling && isUncompared(list, report)) report.findings.push("uncompared");
      if (report.ruling && report.ruling.kind !== "reinstated") report.findings.push(report.ruling.kind), (report.state = "invalid");
    }
    reports.push(report);
    showPdf(out, name, report);
  }
  if (by_hand.length) both(out, "p", [`Có gốc tin cậy do bạn thêm vào: ${by_hand.join(", ")}`, "With trust roots that you added"]);
  for (const list of lists) add(out, "p", `Danh sách thu hồi số ${list.number}, ${say(new Date(list.at))} / list of withdrawn results`);
  for (const [name, proof] of proofs) {
    const fits = reports.some((each) => proof.files.has(each.sha256)), other = reports.length && !fits && proof.files.size;
    const box = add(out, "section", "", `box ${other ? "invalid" : "valid"}`);
    const told = other ? ["Bằng chứng đúng nhưng không nói về tệp này", "The proof holds but is not about this file"]
      : fits ? ["Bằng chứng đúng, và nói về tệp này", "The proof holds, and is about this file"]
      : ["Bằng chứng đúng: dòng nhật ký nằm trong niêm phong đã ký", "The proof holds: the lines stand in a signed seal"];
    both(box, "h2", told);
    add(box, "p", `${name} · ${proof.lines} dòng / lines · ${say(new Date(proof.at))}`);
  }
  out.dataset.done = JSON.stringify(reports.map(({ record, ...rest }) => ({ ...rest, record: record?.number ?? null })));
}
const form = document.getElementById("form");
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const typed = form.elements.at.value;
  delete document.getElementById("out").dataset.done;
  check(form.elements.files.files, typed ? new Date(`${typed}+07:00`) : new Date());
});
if (!globalThis.crypto?.subtle || !globalThis.DecompressionStream) document.getElementById("old").hidden = false;
