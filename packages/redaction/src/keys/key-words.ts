/** What a word in a key tells about its value. Names are compared without case and separators. */
export const Tells = {
  /** Secret wherever it stands in a name. */
  anywhere: 1,
  /** Secret as the last word. */
  end: 2,
  /** Secret as the whole name. */
  whole: 4,
  /** As the last word: the value is about a secret, and none. */
  about: 8,
  /** The name has a secret word in it by chance. */
  harmless: 16,
  /** A word of the user, secret as the last one. */
  extra: 32,
  /** As the last word: the value is a phone number, if it looks like one. */
  phone: 64,
  /** Secret as the whole name of a parameter in a query. */
  parameter: 128,
  /** As the whole name: the value is the name of something, whose value comes next. */
  naming: 256,
  /** As the whole name: the value of what was named before. */
  named: 512,
  /** As the last word: the secret goes to the end of the line. */
  line: 1024,
  /** As the whole name: the word before belongs to the name, as in `API key`. */
  tail: 2048,
} as const;

export const COUNTS_ANYWHERE = Tells.anywhere | Tells.harmless;
export const COUNTS_WHOLE = Tells.whole | Tells.parameter | Tells.naming | Tells.named | Tells.tail;

const words = (bits: number, text: string) => text.split(' ').map((word) => [word, bits] as const);

/** The words that are known, in English and a few of its neighbours. */
export const KEY_WORDS: readonly (readonly [string, number])[] = [
  ...words(
    Tells.anywhere,
    'password passwd passphrase passcode secret credential apikey privatekey accesskey signingkey',
  ),
  ...words(Tells.anywhere, 'encryptionkey masterkey accountkey sharedkey subscriptionkey functionskey presharedkey'),
  ...words(Tells.anywhere, 'connectionstring clientkey storagekey servicekey sessionkey licensekey instrumentationkey'),
  ...words(
    Tells.anywhere,
    'decryptionkey hmackey passwort kennwort contrasena motdepasse wachtwoord mnemonic seedphrase',
  ),
  ...words(Tells.end, 'token authorization cookie cookies pwd sessionid phpsessid connectsid jwt passwords tokenvalue'),
  ...words(Tells.end, 'appkey applicationkey authkey deploykey sshkey pgpkey cardnumber creditcard securitycode'),
  ...words(
    Tells.end,
    'samlresponse samlassertion clientassertion aspxauth otpcode mfacode totp dbpass userpass rootpass',
  ),
  ...words(Tells.end, 'adminpass mysqlpass keypass storepass ldappass smtppass ftppass redispass authpass proxypass'),
  ...words(Tells.whole, 'pass auth cvv cvc cvv2 otp sid xauth pgpass bearer jwt ssn senha iban psk webhookurl sshpass'),
  ...words(
    Tells.about,
    'count length size enabled required type ttl expiry expires expiresat expiresin policy name status',
  ),
  ...words(
    Tells.about,
    'version format strength endpoint uri url field label placeholder file path dir attempts retries',
  ),
  ...words(
    Tells.about,
    'rules stdin changedat updatedat createdat ref domain arn exists missing valid invalid present',
  ),
  ...words(Tells.about, 'algorithm encoding issuer audience scheme prefix minlength maxlength min max set index limit'),
  ...words(Tells.harmless, 'secretar passwordless secretless tokeniz tokenbucket'),
  ...words(
    Tells.phone,
    'phone phonenumber phoneno mobile mobilenumber msisdn telephone tel fax cellphone cell telefon',
  ),
  ...words(Tells.parameter, 'key sig signature code state hmac ticket xamzsignature xamzcredential xamzsecuritytoken'),
  ...words(Tells.parameter, 'xgoogsignature xgoogcredential awsaccesskeyid samlrequest'),
  ...words(Tells.naming, 'name key header field param parameter variable property'),
  ...words(Tells.named, 'value val content default stringvalue initialvalue'),
  ...words(Tells.line, 'authorization cookie cookies passphrase mnemonic seedphrase recoveryphrase connectionstring'),
  ...words(Tells.tail, 'key string code number phrase data'),
];
