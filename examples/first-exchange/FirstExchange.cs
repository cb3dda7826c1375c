// Login with MD5, then verify with HMAC; with CMPASSPORT_OPERATION=h5TokenValidate the login of a page with RSA.
// .NET or Mono, standard library only.
// Run: mcs -r:System.Net.Http FirstExchange.cs && mono FirstExchange.exe
using System;
using System.Globalization;
using System.Net.Http;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

static class FirstExchange
{
    static readonly string Base = Env("CMPASSPORT_BASE", "http://127.0.0.1:10086");
    static readonly string AppId = Env("CMPASSPORT_APP_ID", "300000000001");
    static readonly string AppKey = Env("CMPASSPORT_APP_KEY", "5A1E0C9B7D3F4826B1907E6C42D8AF35");
    static readonly string AppSecret = Env("CMPASSPORT_APP_SECRET", "C7B2094E1F6D4A58803A95E7D2146BFC");
    // Optional: only this operation, this token instead of a new one, and the code to force.
    static readonly string Operation = Env("CMPASSPORT_OPERATION", "");
    static readonly string Token = Env("CMPASSPORT_TOKEN", "");
    static readonly string ResultCode = Env("CMPASSPORT_RESULT_CODE", "");
    // For h5TokenValidate: the private key of 应用公钥1 (PKCS#8 in Base64), and the userInformation of a given token.
    static readonly string SignKey = Env("CMPASSPORT_APP_SIGN_KEY", "");
    static readonly string UserInformation = Env("CMPASSPORT_USER_INFORMATION", "");
    const string Phone = "13800138000";

    static readonly TimeSpan Beijing = TimeSpan.FromHours(8);
    static readonly HttpClient Http = new HttpClient();

    static int Main()
    {
        if (ResultCode != "") Http.DefaultRequestHeaders.Add("X-Mock-Result-Code", ResultCode);
        var passed = true;
        if (Operation == "" || Operation == "loginTokenValidate")
        {
            var login = Login(Mint("loginTokenValidate"));
            Console.WriteLine(login);
            passed = Field(login, "resultCode") == "103000" && Field(login, "msisdn") == Phone;
        }
        if (Operation == "" || Operation == "tokenValidate")
        {
            var verify = Verify(Mint("tokenValidate"), Phone);
            Console.WriteLine(verify);
            passed = passed && Field(verify, "resultCode") == "000";
        }
        if (Operation == "h5TokenValidate")
        {
            var h5 = H5(Minted("h5TokenValidate"));
            Console.WriteLine(h5);
            passed = Field(h5, "resultCode") == "103000" && Decrypted(Field(h5, "msisdn")) == Phone;
        }
        if (Array.IndexOf(new[] { "", "loginTokenValidate", "tokenValidate", "h5TokenValidate" }, Operation) < 0)
            throw new ArgumentException($"This program has no {Operation}.");
        return passed ? 0 : 1;
    }

    static string Login(string token)
    {
        string msgid = NewMsgId(), systemtime = BeijingTime();
        var sign = Hex(MD5.Create().ComputeHash(Bytes($"{AppId}2.0{msgid}{systemtime}0{token}{AppSecret}")));
        return Post("/unisdk/rsapi/loginTokenValidate",
            $@"{{""version"":""2.0"",""msgid"":""{msgid}"",""systemtime"":""{systemtime}"",""strictcheck"":""0"","
            + $@"""appid"":""{AppId}"",""token"":""{token}"",""sign"":""{sign}""}}");
    }

    static string Verify(string token, string phone)
    {
        string msgId = NewMsgId(), timestamp = BeijingTime();
        var phoneNum = Hex(SHA256.Create().ComputeHash(Bytes(phone + AppKey + timestamp)));
        var text = $"{AppId}{msgId}{phoneNum}{timestamp}{token}1.0";
        var sign = Hex(new HMACSHA256(Bytes(AppKey)).ComputeHash(Bytes(text)));
        return Post("/openapi/rs/tokenValidate",
            $@"{{""header"":{{""version"":""1.0"",""msgId"":""{msgId}"",""timestamp"":""{timestamp}"","
            + $@"""appId"":""{AppId}""}},"
            + @"""body"":{""openType"":""1"",""requesterType"":""0"",""keyType"":""0"","
            + $@"""phoneNum"":""{phoneNum}"",""token"":""{token}"",""sign"":""{sign}""}}}}");
    }

    static string H5(string minted)
    {
        if (SignKey == "") throw new InvalidOperationException("set CMPASSPORT_APP_SIGN_KEY");
        string traceId = NewMsgId(), timestamp = BeijingTime(), token = Field(minted, "token");
        var text = Bytes($"{AppId}{traceId}{timestamp}{token}2.0");
        var sign = Hex(PrivateKey(Convert.FromBase64String(SignKey))
            .SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        return Post("/h5/onekeylogin/tokenValidate",
            $@"{{""token"":""{token}"",""sign"":""{sign}"",""userInformation"":""{Field(minted, "userInformation")}""}}",
            "interfaceVersion", "2.0", "appId", AppId, "traceId", traceId, "timestamp", timestamp, "businessType", "8");
    }

    /// .NET has RSA.ImportPkcs8PrivateKey; Mono has not. Both read the numbers of the key.
    static RSA PrivateKey(byte[] der)
    {
        var at = 0;
        Open(der, ref at);
        Number(der, ref at, 0);
        var algorithm = Open(der, ref at);
        at += algorithm;
        Open(der, ref at);
        Open(der, ref at);
        Number(der, ref at, 0);
        var parameters = new RSAParameters { Modulus = Number(der, ref at, 0), Exponent = Number(der, ref at, 0) };
        int size = parameters.Modulus.Length, half = size / 2;
        parameters.D = Number(der, ref at, size);
        parameters.P = Number(der, ref at, half);
        parameters.Q = Number(der, ref at, half);
        parameters.DP = Number(der, ref at, half);
        parameters.DQ = Number(der, ref at, half);
        parameters.InverseQ = Number(der, ref at, half);
        var rsa = RSA.Create();
        rsa.ImportParameters(parameters);
        return rsa;
    }

    /// Moves behind a tag and its length, and returns the length.
    static int Open(byte[] der, ref int at)
    {
        at++;
        int first = der[at++], length = first < 0x80 ? first : 0;
        for (var count = first < 0x80 ? 0 : first & 0x7f; count > 0; count--) length = length << 8 | der[at++];
        return length;
    }

    /// With this number of bytes; by default without a leading zero.
    static byte[] Number(byte[] der, ref int at, int size)
    {
        var length = Open(der, ref at);
        var value = new byte[size > 0 ? size : length - (der[at] == 0 ? 1 : 0)];
        for (var i = 1; i <= Math.Min(length, value.Length); i++) value[value.Length - i] = der[at + length - i];
        at += length;
        return value;
    }

    /// The key is the text of the first 16 characters of the appKey.
    static string Decrypted(string msisdn)
    {
        var aes = Aes.Create();
        aes.Mode = CipherMode.ECB;
        aes.Key = Bytes(AppKey.PadRight(16, '0').Substring(0, 16));
        var text = Convert.FromBase64String(msisdn);
        return Encoding.UTF8.GetString(aes.CreateDecryptor().TransformFinalBlock(text, 0, text.Length));
    }

    /// Returns a token like the one that the SDK in the phone gets.
    static string Mint(string capability) => Field(Minted(capability), "token");

    /// In a page, the SDK returns userInformation with the token.
    static string Minted(string capability)
    {
        if (Token != "") return $@"{{""token"":""{Token}"",""userInformation"":""{UserInformation}""}}";
        var body = $@"{{""phoneNumber"":""{Phone}"",""capability"":""{capability}""}}";
        return Post($"/_mock/apps/{AppId}/tokens", body);
    }

    static string Post(string path, string body, params string[] headers)
    {
        var content = new StringContent(body, Encoding.UTF8, "application/json");
        var request = new HttpRequestMessage(HttpMethod.Post, Base + path) { Content = content };
        for (var at = 0; at < headers.Length; at += 2) request.Headers.Add(headers[at], headers[at + 1]);
        var response = Http.SendAsync(request).GetAwaiter().GetResult();
        return response.Content.ReadAsStringAsync().GetAwaiter().GetResult();
    }

    /// Works for these responses only. In your code, use a JSON library.
    static string Field(string json, string name)
    {
        var found = Regex.Match(json, $"\"{name}\":\"([^\"]*)\"");
        return found.Success ? found.Groups[1].Value : throw new Exception($"no {name} in {json}");
    }

    static string NewMsgId() => Guid.NewGuid().ToString("N");

    static string BeijingTime() =>
        DateTimeOffset.UtcNow.ToOffset(Beijing).ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture);

    static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    static string Hex(byte[] bytes) => BitConverter.ToString(bytes).Replace("-", "");

    static string Env(string name, string fallback) => Environment.GetEnvironmentVariable(name) ?? fallback;
}
