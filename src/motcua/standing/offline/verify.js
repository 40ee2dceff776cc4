/* The judgement: each signature at the time that a trusted time stamp proves, else at the moment of checking. */
const SAYS = {
  not_pdf: ["bad", "Tệp không phải PDF đúng chuẩn nên không đọc được.", "The file is no well-formed PDF, so it cannot be read."],
  unsupported: ["doubt", "Tệp dùng cách viết mà trang này chưa biết; hãy kiểm tra bằng cách khác.", "The file is written in a way this page does not know; check it otherwise."],
  unsigned: ["bad", "Tệp không có chữ ký số nào.", "The file has no digital signature."],
  trailing: ["bad", "Sau chỗ kết thúc của tệp còn dữ liệu khác.", "There is more data behind the end of the file."],
  script: ["bad", "Tệp có chương trình bên trong: nội dung nhìn thấy có thể thay đổi.", "The file holds a program: what it shows may change."],
  altered: ["bad", "Nội dung đã bị sửa sau khi ký.", "The content was changed after signing."],
  partial: ["bad", "Chữ ký chỉ bao trùm một phần của tệp.", "The signature covers only a part of the file."],
  changed_after: ["bad", "Sau chữ ký này tệp đã bị thêm hoặc sửa ngoài phạm vi cho phép.", "After this signature the file was changed beyond what is allowed."],
  form_filled: ["note", "Sau chữ ký này có ô được điền, và cơ quan đã xác nhận bằng chữ ký tiếp theo.", "After this signature a field was filled in; the agency vouches for it by its next signature."],
  form_changed: ["bad", "Sau chữ ký này có ô trong biểu mẫu bị điền hoặc sửa.", "After this signature fields of the form were filled in or changed."],
  unreadable: ["bad", "Chữ ký bị hỏng hoặc không theo chuẩn.", "The signature is broken or follows no known standard."],
  untrusted: ["doubt", "Chứng thư số không dẫn đến gốc tin cậy nào đặt trong trang này.", "The certificate leads to none of the trust roots in this page."],
  chain_invalid: ["bad", "Chuỗi chứng thư số không hợp lệ.", "The chain of certificates is not valid."],
  wrong_usage: ["bad", "Chứng thư số này không được cấp để ký văn bản.", "This certificate was not issued for signing documents."],
  expired: ["bad", "Chứng thư số đã hết hạn trước thời điểm ký.", "The certificate had expired before signing."],
  expired_unproven: ["doubt", "Chứng thư số nay đã hết hạn và không có dấu thời gian chứng minh chữ ký có trước đó.", "The certificate has expired, and no time stamp proves that the signature is older."],
  not_yet_valid: ["bad", "Chứng thư số chưa có hiệu lực khi ký.", "The certificate was not yet valid at signing."],
  revoked: ["bad", "Chứng thư số đã bị thu hồi trước thời điểm ký.", "The certificate had been revoked before signing."],
  revoked_unproven: ["bad", "Chứng thư số đã bị thu hồi và không có dấu thời gian chứng minh chữ ký có trước đó.", "The certificate was revoked, and no time stamp proves that the signature is older."],
  revocation_unknown: ["doubt", "Chưa biết chứng thư số có bị thu hồi hay không: trong tệp và trong trang này không có thông tin.", "Whether the certificate was revoked is not known: neither the file nor this page tells."],
  revoked_later: ["note", "Chứng thư số bị thu hồi sau khi ký; chữ ký vẫn có giá trị tại thời điểm ký.", "The certificate was revoked after signing; the signature was valid then."],
  expired_later: ["note", "Chứng thư số nay đã hết hạn; chữ ký vẫn có giá trị tại thời điểm ký.", "The certificate has expired by now; the signature was valid at signing."],
  time_claimed: ["note", "Giờ ký do máy của người ký ghi, không có dấu thời gian.", "The time is what the signer's machine said; no time stamp proves it."],
  stamp_broken: ["bad", "Dấu thời gian không khớp với chữ ký.", "The time stamp does not match the signature."],
  stamp_untrusted: ["doubt", "Dấu thời gian chưa thể tin.", "The time stamp cannot be relied on yet."],
  trial: ["note", "Chứng thư số MÔ PHỎNG: không có giá trị pháp lý.", "MÔ PHỎNG (simulation) certificate: no legal value."],
  uncompared: ["note", "Danh sách có kết quả chỉ được ghi bằng mã SHA-256 của cả tệp; tệp này không kèm dữ liệu để so cách khác, nên không loại trừ được nó là một trong số đó.", "The list knows some results by the hash of the whole file only, and this file has nothing else to compare by: whether it is one of them with something added cannot be told."],
  withdrawn: ["bad", "Kết quả ĐÃ BỊ THU HỒI theo danh sách đã công bố.", "The result was WITHDRAWN, says the published list."],
  replaced: ["bad", "Kết quả ĐÃ ĐƯỢC THAY THẾ theo danh sách đã công bố.", "The result was REPLACED, says the published list."],
};
const worst = (codes) => {
  const does = new Set(codes.map((code) => SAYS[code][0]));
  return does.has("bad") ? "invalid" : does.has("doubt") ? "unknown" : "valid";
};
const PROGRAMS = new Set(["JS", "JavaScript", "XFA", "RichMedia"]), ACTIONS = new Set(["JavaScript", "Launch", "Rendition", "ImportData"]);

async function hasProgram(pdf, each, state, deep = 0) {
  if (deep > 60) return true;
  if (each instanceof Stream) each = each.dict;
  const inner = each instanceof Map ? [...each.values()] : Array.isArray(each) ? each : [];
  if (each instanceof Map) {
    const action = await pdf.get(each.get("S") ?? null, state);
    if ((action instanceof Name && ACTIONS.has(action.text)) || [...each.keys()].some((key) => PROGRAMS.has(key))) return true;
  }
  for (const one of inner) if (typeof one === "object" && one && (await hasProgram(pdf, one, state, deep + 1))) return true;
  return false;
}

/* The security store of a file: what proves its certificates (ETSI EN 319 142-1, DSS). */
async function storeOf(pdf, state) {
  const found = { ocsps: [], crls: [], certificates: [] };
  const catalog = await pdf.get(pdf.root, state), store = await pdf.get(catalog.get("DSS") ?? null, state);
  if (!(store instanceof Map)) return found;
  for (const [key, into] of [["OCSPs", "ocsps"], ["CRLs", "crls"], ["Certs", "certificates"]]) {
    const list = await pdf.get(store.get(key) ?? null, state);
    for (const each of Array.isArray(list) ? list.slice(0, 200) : []) {
      try { found[into].push(await pdf.data(await pdf.get(each, state), state)); } catch { continue; }
    }
  }
  found.certificates = found.certificates.map(isCertificate).filter(Boolean);
  return found;
}
async function recordOf(pdf, state) {
  const catalog = await pdf.get(pdf.root, state), names = await pdf.get(catalog.get("Names") ?? null, state);
  const walk = async (ref, deep) => {
    const tree = await pdf.get(ref ?? null, state);
    if (!(tree instanceof Map) || deep > 10) return null;
    const list = (await pdf.get(tree.get("Names") ?? null, state)) ?? [];
    for (let i = 0; i + 1 < list.length; i += 2) {
      const key = await pdf.get(list[i], state), spec = await pdf.get(list[i + 1], state);
      const said = spec instanceof Map ? await pdf.get(spec.get("F") ?? null, state) : null;
      if (![key, said].some((each) => each instanceof Text && new TextDecoder().decode(each.bytes) === "record.json")) continue;
      const file = await pdf.get((await pdf.get(spec.get("EF"), state)).get("F"), state);
      return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(await pdf.data(file, state)));
    }
    for (const each of (await pdf.get(tree.get("Kids") ?? null, state)) ?? []) {
      const found = await walk(each, deep + 1);
      if (found) return found;
    }
    return null;
  };
  try { return names instanceof Map ? await walk(names.get("EmbeddedFiles"), 0) : null; } catch { return null; }
}

/* The signatures of a file that are there: their dictionary and what of the file they cover. */
async function signaturesIn(pdf, state) {
  const found = [];
  for (const { ref, field } of await fieldsOf(pdf, state)) {
    if (!isName(field.get("FT"), "Sig") || !field.has("V")) continue;
    const at = field.get("V") instanceof Ref ? field.get("V").number : ref.number;
    const dict = await pdf.get(field.get("V"), state), name = field.get("T");
    found.push({ dict, field: ref.number, number: at, entry: state.entries.get(at), name: name instanceof Text ? new TextDecoder().decode(name.bytes) : "" });
  }
  return found;
}
const isStamp = (dict) => dict instanceof Map && isName(dict.get("SubFilter"), "ETSI.RFC3161");
function coverage(pdf, one) {
  const range = one.dict instanceof Map ? one.dict.get("ByteRange") : null, hole = one.dict?.get?.("Contents");
  if (!Array.isArray(range) || range.length !== 4 || !range.every((n) => Number.isInteger(n) && n >= 0)) return null;
  const [start, first, second, rest] = range, end = second + rest;
  if (!(hole instanceof Text) || !one.entry || !("at" in one.entry)) return null;
  if (start !== 0 || first !== hole.start || second !== hole.end || end > pdf.bytes.length) return null;
  const tail = String.fromCharCode(...pdf.bytes.subarray(Math.max(0, end - 32), end)).trimEnd();
  if (!tail.endsWith("%%EOF")) return null;
  if (one.entry.at >= end) return null;
  const data = new Uint8Array(first + rest);
  data.set(pdf.bytes.subarray(0, first));
  data.set(pdf.bytes.subarray(second, end), first);
  return { data, end, contents: hole.bytes };
}
/* The signature without the zeros that fill its place; nothing else may stand there. */
function unpadded(bytes) {
  const top = node(bytes);
  if (bytes.subarray(top.end).some((byte) => byte)) throw new Broken("something stands behind the signature");
  return bytes.subarray(0, top.end);
}

/* `then` is when the signature was there for sure: the present, or the time of an archive stamp behind it. */
async function judged(pdf, one, covered, roots, evidence, now, then) {
  const told = [], answer = { field: one.name, findings: told };
  if (!covered) { told.push("partial"); return answer; }
  const cms = signedData(unpadded(covered.contents)), held = [...cms.certificates, ...evidence.certificates];
  const type = one.dict.get("Type");
  if (isStamp(one.dict) ? !isName(type, "DocTimeStamp") : type !== undefined && !isName(type, "Sig")) throw new Broken("a signature of another type");
  const kind = one.dict.get("SubFilter")?.text;
  if (isStamp(one.dict)) {
    const stamp = await stampOver(unpadded(covered.contents), covered.data, held, roots, evidence, then);
    Object.assign(answer, { stamp: true, at: stamp?.at, by: stamp?.by, signer: cms.signer.says.name });
    if (!stamp) told.push("altered");
    else if (!stamp.trusted) told.push("stamp_untrusted");
  } else {
    if (kind !== "ETSI.CAdES.detached" && kind !== "adbe.pkcs7.detached") throw new Unsupported(kind);
    if (cms.content || !(await holdsOver(cms, covered.data))) told.push("altered");
    await judgeSigner(answer, cms, held, roots, evidence, now, then);
  }
  const { why, filled } = await changedSince(pdf, covered.end, one);
  if (why) told.push("changed_after");
  return Object.assign(answer, { end: covered.end, filled });
}
/* As documents are numbered (NĐ 30/2020/NĐ-CP art. 15): what was filled in behind a signature is vouched for by the next
   signature of the same agency, or by nobody. */
async function vouched(pdf, answers) {
  for (const one of answers) {
    if (!one.filled?.length) continue;
    const later = answers.filter((each) => !each.stamp && each.end > one.end && one.agency && each.agency === one.agency);
    const end = Math.min(...later.map((each) => each.end));
    one.findings.push(later.length && (await holdSince(pdf, one.filled, end)) ? "form_filled" : "form_changed");
  }
}
async function judgeSigner(answer, cms, held, roots, evidence, now, then) {
  const told = answer.findings, who = cms.signer;
  let moment = now, proven = false;
  if (cms.unsigned[STAMP]) {
    let stamp = null;
    try { stamp = await stampOver(whole(cms.unsigned[STAMP][0]), cms.signature, held, roots, evidence, then); } catch { stamp = null; }
    if (!stamp) told.push("stamp_broken");
    else if (!stamp.trusted) told.push("stamp_untrusted");
    else [moment, proven] = [stamp.at, true];
    Object.assign(answer, { at: stamp?.at, by: stamp?.by });
  } else told.push("time_claimed");
  Object.assign(answer, { signer: who.says.name, title: who.says.title, agency: who.says.agency, issuer: who.by.name, proven });
  answer.seal = Boolean(who.says.number) || (who.says.agency ?? "") === who.says.name;
  answer.from = who.from;
  answer.until = who.until;
  if (!maySign(who)) told.push("wrong_usage");
  if (Object.values(who.by).some((each) => each.includes("MÔ PHỎNG"))) told.push("trial");
  const path = await chainOf(who, held, roots);
  if (!path) { told.push("untrusted"); return; }
  const fault = faultAt(path, moment);
  if (fault) told.push(fault === "expired" && !proven ? "expired_unproven" : fault);
  const known = await standingOf(path, evidence, moment);
  answer.revoked = known.since;
  if (known.state === "revoked") told.push(proven ? "revoked" : "revoked_unproven");
  if (known.state === "unknown") told.push("revocation_unknown");
  if (known.state === "later") told.push("revoked_later");
  if (proven && !fault && now > who.until) told.push("expired_later");
}

/* {state, findings, signatures, record, sha256, parts} of a PDF, as of `now`; `parts` are the digests of what its
   signatures cover, which stay whatever is added behind. Never raises. */
async function verifyPdf(bytes, trust, now) {
  const report = { state: "invalid", findings: [], signatures: [], record: null, sha256: hex(await digest("SHA-256", bytes)), parts: [] };
  const failed = (problem) => (problem instanceof Unsupported ? "unsupported" : null);
  try {
    const pdf = await Pdf.open(bytes), state = pdf.state();
    if (pdf.trailing) report.findings.push("trailing");
    for (const number of state.entries.keys()) if (state.entries.get(number) && await hasProgram(pdf, await pdf.numbered(number, state), state)) { report.findings.push("script"); break; }
    const store = await storeOf(pdf, state), own = trust.evidence;
    const evidence = { ocsps: [...own.ocsps, ...store.ocsps], crls: [...own.crls, ...store.crls], certificates: store.certificates };
    const all = (await signaturesIn(pdf, state)).map((one, place) => ({ one, place, covered: coverage(pdf, one) })), archives = [];
    // From the last to the first: an archive stamp proves that what lies before it was there (ETSI EN 319 102-1, 5.6.2.3).
    for (const { one, place, covered } of [...all].sort((a, b) => (b.covered?.end ?? 0) - (a.covered?.end ?? 0))) {
      let answer;
      if (covered) report.parts.push(hex(await digest("SHA-256", covered.data)));
      const then = new Date(Math.min(now, ...archives.filter((each) => each.end > covered?.end).map((each) => each.at)));
      try { answer = await judged(pdf, one, covered, trust.roots, evidence, now, then); } catch (problem) {
        answer = { field: one.name, findings: [failed(problem) ?? "unreadable"] };
      }
      if (answer.stamp && worst(answer.findings) === "valid" && !answer.filled.length) archives.push(answer);
      report.signatures[place] = answer;
    }
    await vouched(pdf, report.signatures);
    for (const each of report.signatures) each.state = worst(each.findings);
    if (!report.signatures.some((each) => !each.stamp)) report.findings.push("unsigned");
    report.record = await recordOf(pdf, state);
  } catch (problem) {
    report.findings.push(failed(problem) ?? "not_pdf");
  }
  const states = [worst(report.findings), ...report.signatures.map((each) => each.state)];
  report.state = ["invalid", "unknown", "valid"].find((each) => states.includes(each));
  return report;
}
