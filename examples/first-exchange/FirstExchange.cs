// Login with MD5, then verify with HMAC: .NET or Mono, standard library only.
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
    const string Phone = "13800138000";

    static readonly TimeSpan Beijing = TimeSpan.FromHours(8);
    static readonly HttpClient Http = new HttpClient();

    static int Main()
    {
        if (ResultCode != "") Http.DefaultRequestHeaders.Add("X-Mock-Result-Code", ResultCode);
        var passed = true;
        if (Operation != "tokenValidate")
        {
            var login = Login(Mint("loginTokenValidate"));
            Console.WriteLine(login);
            passed = Field(login, "resultCode") == "103000" && Field(login, "msisdn") == Phone;
        }
        if (Operation != "loginTokenValidate")
        {
            var verify = Verify(Mint("tokenValidate"), Phone);
            Console.WriteLine(verify);
            passed = passed && Field(verify, "resultCode") == "000";
        }
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

    /// Returns a token like the one that the SDK in the phone gets.
    static string Mint(string capability)
    {
        if (Token != "") return Token;
        var body = $@"{{""phoneNumber"":""{Phone}"",""capability"":""{capability}""}}";
        return Field(Post($"/_mock/apps/{AppId}/tokens", body), "token");
    }

    static string Post(string path, string body)
    {
        var content = new StringContent(body, Encoding.UTF8, "application/json");
        var response = Http.PostAsync(Base + path, content).GetAwaiter().GetResult();
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
